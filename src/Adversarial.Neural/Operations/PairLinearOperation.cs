using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// A layer on the pairs (a, a) and below them (a, b), where a pair is two rows side by side. With the upper and the lower half of the
/// weights, V and W, the sums are a (V + W) and that plus (b - a) W: two products of single rows in the place of two of pairs.
/// </summary>
internal sealed class PairLinearOperation : Operation
{
    private static readonly PairLinearOperation _instance = new();

    public static Tensor Apply(Linear layer, Tensor a, Tensor b, Activation activation, float dropout, NoiseSource? noise, bool training)
    {
        if (layer.Inputs != 2 * a.Columns || a.Rows != b.Rows || a.Columns != b.Columns)
            throw new ArgumentException($"A layer of {layer.Inputs} inputs was given pairs of {a.Rows} x {a.Columns} and {b.Rows} x {b.Columns}.");
        Tape tape = a.Tape;
        IDevice device = tape.Device;
        int rows = a.Rows;
        Tensor y = tape.Allocate(2 * rows, layer.Outputs);
        DropoutMask mask = DrawMask(tape, y.Rows, y.Columns, dropout, noise);
        Matrix state = layer.SpectralNorm ? LinearOperation.Normalize(tape, layer, training) : default;
        (Matrix upper, Matrix lower) = Halves(LinearOperation.WeightsOf(layer, state));

        Matrix both = tape.AllocateRaw(a.Columns, layer.Outputs);
        device.Add(upper, 1, both, accumulate: false);
        device.Add(lower, 1, both, accumulate: true);
        Matrix same = Rows(y.Value, 0, rows), other = Rows(y.Value, rows, rows);
        device.Linear(a.Value, both, default, layer.Bias, same, accumulate: false, Activation.Identity, default);
        device.Add(same, 1, other, accumulate: false);
        device.Linear(Difference(tape, a.Value, b.Value), lower, default, default, other, accumulate: true, activation, Rows(mask, rows, rows));
        device.Activate(same, same, activation);
        if (!mask.Bits.IsNone)
            device.Drop(same, same, Rows(mask, 0, rows));

        tape.Record(_instance, y.Id, a.Id, b.Id).Set(layer, activation, mask, state);
        return y;
    }

    private static (Matrix Upper, Matrix Lower) Halves(in Matrix weights) =>
        (Rows(weights, 0, weights.Rows / 2), Rows(weights, weights.Rows / 2, weights.Rows / 2));

    private static Matrix Rows(in Matrix of, int first, int count) => of.Slice(first, count, 0, of.Columns);

    private static DropoutMask Rows(in DropoutMask mask, int first, int count) =>
        mask.Bits.IsNone ? default : new DropoutMask(Rows(mask.Bits, first, count), mask.Scale);

    private static Matrix Difference(Tape tape, in Matrix a, in Matrix b)
    {
        Matrix difference = tape.AllocateRaw(a.Rows, a.Columns);
        tape.Device.Add(b, 1, difference, accumulate: false);
        tape.Device.Add(a, -1, difference, accumulate: true);
        return difference;
    }

    public override bool EndsInActivation => true;

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (Linear)entry.Layer!;
        IDevice device = tape.Device;
        Matrix dy = BeforeActivation(tape, entry), a = tape.NodeOf(entry.A).Value, b = tape.NodeOf(entry.B).Value;
        Matrix dSame = Rows(dy, 0, a.Rows), dOther = Rows(dy, a.Rows, a.Rows);
        (Matrix upper, Matrix lower) = Halves(LinearOperation.WeightsOf(layer, entry.State));
        if (tape.IsNeeded(entry.B))
            PassBack(tape, entry.B, dOther, lower);
        if (tape.IsNeeded(entry.A))
            PassBack(tape, entry.A, dSame, lower);

        // From here on it holds what both kinds of pairs say of a's upper half.
        device.Add(dOther, 1, dSame, accumulate: true);
        if (tape.IsNeeded(entry.A))
            PassBack(tape, entry.A, dSame, upper);
        if (!tape.Trains(entry))
            return;

        bool accumulate = layer.TakeGradientStamp();
        Matrix gradient = tape.AllocateRaw(layer.Inputs, layer.Outputs);
        (Matrix dUpper, Matrix dLower) = Halves(gradient);
        if (accumulate)
            device.Fill(dUpper, 0);
        device.LinearWeightGradient(a, dSame, dUpper, layer.BiasGradient, accumulate);
        device.LinearWeightGradient(Difference(tape, a, b), dOther, dLower, default, accumulate: false);
        device.Add(dUpper, 1, dLower, accumulate: true);
        LinearOperation.TakeWeightGradient(tape, layer, entry.State, gradient, accumulate);
    }

    private static void PassBack(Tape tape, int to, in Matrix dy, in Matrix weights)
    {
        Matrix dx = tape.GradientForWriting(to, out bool accumulate);
        tape.Device.LinearInputGradient(dy, weights, dx, accumulate, default, Activation.Identity, default);
    }
}
