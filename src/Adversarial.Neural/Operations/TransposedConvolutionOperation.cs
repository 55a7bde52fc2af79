using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>The way back through a convolution as a way forth: of a transposed one it is the convolution. There is no bias.</summary>
internal sealed class TransposedConvolutionOperation : Operation
{
    private static readonly TransposedConvolutionOperation _instance = new();

    public static Tensor Apply(ConvolutionLayer layer, Tensor x)
    {
        MapShape from = layer.To, to = layer.From;
        if (x.Columns != from.Channels || x.Rows % from.Pixels != 0)
            throw new ArgumentException($"A convolution to {from} was given {x.Rows} x {x.Columns} to take back: no whole number of images.");
        if (layer.SpectralNorm)
            throw new NotSupportedException("A convolution with spectral normalisation is not transposed.");
        Tensor y = x.Tape.Allocate(checked(x.Rows / from.Pixels * to.Pixels), to.Channels);
        Multiply(x.Tape.Device, layer, !layer.IsTransposed, x.Value, y.Value, accumulate: false);
        x.Tape.Record(_instance, y.Id, x.Id).Layer = layer;
        return y;
    }

    private static void Multiply(IDevice device, ConvolutionLayer layer, bool transposed, in Matrix x, in Matrix y, bool accumulate)
    {
        if (transposed)
            device.ConvolveTransposed(x, layer.Weights, default, default, y, layer.Shape, accumulate, Activation.Identity, default);
        else
            device.Convolve(x, layer.Weights, default, default, y, layer.Shape, accumulate, Activation.Identity, default);
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (ConvolutionLayer)entry.Layer!;
        Matrix dy = tape.GradientOf(entry.Output), x = tape.NodeOf(entry.A).Value;
        if (tape.Trains(entry))
            TrainWeights(tape, layer, x, dy);
        if (!tape.IsNeeded(entry.A))
            return;
        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        Multiply(tape.Device, layer, layer.IsTransposed, dy, dx, accumulate);
    }

    // The bias has no part in the product: where nothing stands in its gradient yet, that is 0.
    private static void TrainWeights(Tape tape, ConvolutionLayer layer, in Matrix x, in Matrix dy)
    {
        bool accumulate = layer.TakeGradientStamp();
        (Matrix large, Matrix small) = layer.IsTransposed ? (x, dy) : (dy, x);
        tape.Device.ConvolutionWeightGradient(large, small, layer.WeightGradient, layer.Shape, accumulate);
        if (!accumulate && layer.HasBias)
            tape.Device.Fill(layer.BiasGradient, 0);
    }
}
