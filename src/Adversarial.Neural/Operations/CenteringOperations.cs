using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>Each column minus its mean. It is its own way back.</summary>
internal sealed class CenterColumnsOperation : Operation
{
    private static readonly CenterColumnsOperation _instance = new();

    public static Tensor Apply(Tensor a)
    {
        Tensor y = a.Tape.Allocate(a.Rows, a.Columns);
        a.Tape.Device.Add(a.Value, 1, y.Value, accumulate: false);
        Subtract(a.Tape, a.Value, y.Value);
        a.Tape.Record(_instance, y.Id, a.Id);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix dy = tape.GradientOf(entry.Output), da = tape.GradientForWriting(entry.A, out bool accumulate);
        tape.Device.Add(dy, 1, da, accumulate);
        Subtract(tape, dy, da);
    }

    // The means of the columns of one, spread over all rows by a product, are taken from the other.
    private static void Subtract(Tape tape, in Matrix of, in Matrix from)
    {
        Matrix mean = tape.AllocateRaw(1, of.Columns), variance = tape.AllocateRaw(1, of.Columns), ones = tape.AllocateRaw(of.Rows, 1);
        tape.Device.MeanAndVariance(of, ofRows: false, mean, variance);
        tape.Device.Fill(ones, -1);
        tape.Device.Linear(ones, mean, default, default, from, accumulate: true, Activation.Identity, default);
    }
}

/// <summary>One over each element; elements are to be above 0.</summary>
internal sealed class ReciprocalOperation : Operation
{
    private const float SmallestSquare = 1e-24f;

    private static readonly ReciprocalOperation _instance = new();

    public static Tensor Apply(Tensor a)
    {
        Tape tape = a.Tape;
        Tensor y = tape.Allocate(a.Rows, a.Columns);
        Matrix value = y.Value, asRow = new(value.Storage, value.Offset, 1, a.Rows * a.Columns, a.Rows * a.Columns);
        tape.Device.Multiply(a.Value, a.Value, value, accumulate: false);
        tape.Device.InverseRoot(asRow, SmallestSquare, asRow);
        tape.Record(_instance, y.Id, a.Id);
        return y;
    }

    // da = -dy y².
    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix y = tape.NodeOf(entry.Output).Value, squares = tape.AllocateRaw(y.Rows, y.Columns);
        tape.Device.Multiply(y, y, squares, accumulate: false);
        tape.Device.Multiply(squares, tape.GradientOf(entry.Output), squares, accumulate: false);
        tape.Device.Add(squares, -1, tape.GradientForWriting(entry.A, out bool accumulate), accumulate);
    }
}
