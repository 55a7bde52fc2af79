using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>y Wᵀ with a layer's weights: a gradient on its way back through the layer, as an operation that has a gradient itself.</summary>
internal sealed class TransposedLinearOperation : Operation
{
    private static readonly TransposedLinearOperation _instance = new();

    public static Tensor Apply(Linear layer, Tensor y)
    {
        Tape tape = y.Tape;
        Tensor x = tape.Allocate(y.Rows, layer.Inputs);
        tape.Device.LinearInputGradient(y.Value, layer.Weights, x.Value, accumulate: false, default, Activation.Identity, default);
        tape.Record(_instance, x.Id, y.Id).Layer = layer;
        return x;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (Linear)entry.Layer!;
        Matrix dx = tape.GradientOf(entry.Output), y = tape.NodeOf(entry.A).Value;
        if (tape.Trains(entry))
        {
            bool accumulate = layer.TakeGradientStamp();
            tape.Device.LinearWeightGradient(dx, y, layer.WeightGradient, default, accumulate);
            if (layer.HasBias && !accumulate)
                tape.Device.Fill(layer.BiasGradient, 0);
        }

        if (tape.IsNeeded(entry.A))
            tape.Device.Linear(dx, layer.Weights, default, default, tape.GradientForWriting(entry.A, out bool add), add, Activation.Identity, default);
    }
}

/// <summary>
/// v times the derivative of an activation, read off its output. The gradient takes the derivative as a constant, which is exact where the
/// activation is linear piece by piece.
/// </summary>
internal sealed class SlopeOperation : Operation
{
    private static readonly SlopeOperation _instance = new();

    public static Tensor Apply(Tensor v, Tensor activated, Activation activation)
    {
        Tensor y = v.Tape.Allocate(v.Rows, v.Columns);
        v.Tape.Device.ActivateGradient(activated.Value, v.Value, y.Value, accumulate: false, activation, default);
        ref TapeEntry entry = ref v.Tape.Record(_instance, y.Id, v.Id);
        (entry.Activation, entry.State) = (activation, activated.Value);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.ActivateGradient(entry.State, tape.GradientOf(entry.Output), tape.GradientForWriting(entry.A, out bool accumulate), accumulate, entry.Activation, default);
}
