using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>x Wᵀ of a layer whose weights another operation may use the other way round.</summary>
internal sealed class TransposedLinearOperation : Operation
{
    private static readonly TransposedLinearOperation _instance = new();

    public static Tensor Apply(Linear layer, Tensor x)
    {
        if (x.Columns != layer.Outputs)
            throw new ArgumentException($"A layer of {layer.Outputs} outputs was given {x.Columns} columns to take back.");
        if (layer.SpectralNorm)
            throw new NotSupportedException("A layer with spectral normalisation is not transposed.");
        Tensor y = x.Tape.Allocate(x.Rows, layer.Inputs);
        x.Tape.Device.LinearInputGradient(x.Value, layer.Weights, y.Value, accumulate: false, default, Activation.Identity, default);
        x.Tape.Record(_instance, y.Id, x.Id).Layer = layer;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (Linear)entry.Layer!;
        Matrix dy = tape.GradientOf(entry.Output), x = tape.NodeOf(entry.A).Value;
        if (tape.Trains(entry))
            TrainWeights(tape, layer, dy, x);
        if (!tape.IsNeeded(entry.A))
            return;
        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        tape.Device.Linear(dy, layer.Weights, default, default, dx, accumulate, Activation.Identity, default);
    }

    // The bias has no part in the product: where nothing stands in its gradient yet, that is 0.
    private static void TrainWeights(Tape tape, Linear layer, in Matrix dy, in Matrix x)
    {
        bool accumulate = layer.TakeGradientStamp();
        tape.Device.LinearWeightGradient(dy, x, layer.WeightGradient, default, accumulate);
        if (!accumulate && layer.HasBias)
            tape.Device.Fill(layer.BiasGradient, 0);
    }
}
