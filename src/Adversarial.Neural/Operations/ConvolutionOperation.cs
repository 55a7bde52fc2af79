using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>dropout(activation(convolution + bias)), transposed or not.</summary>
internal sealed class ConvolutionOperation : Operation
{
    private static readonly ConvolutionOperation _instance = new();

    public override bool EndsInActivation => true;

    public static Tensor Apply(ConvolutionLayer layer, Tensor x, Activation activation, float dropout, NoiseSource? noise, Tensor? into, bool training)
    {
        Tape tape = x.Tape;
        Tensor y = PlaceFor(layer, x, into);
        DropoutMask mask = DrawMask(tape, y.Rows, y.Columns, dropout, noise);
        Matrix state = layer.SpectralNorm ? LinearOperation.Normalize(tape, layer, training) : default;
        Multiply(tape.Device, layer, layer.IsTransposed, x.Place, LinearOperation.WeightsOf(layer, state), default, layer.Bias, y.Place, accumulate: false, activation, mask);
        tape.Record(_instance, y.Id, x.Id).Set(layer, activation, mask, state);
        return y;
    }

    /// <inheritdoc cref="WeightedLayer.Score"/>
    public static Tensor Score(ConvolutionLayer layer, BatchNorm norm, Tensor x, Activation activation, Tensor? into)
    {
        Tape tape = x.Tape;
        Tensor y = PlaceFor(layer, x, into);
        Matrix state = layer.SpectralNorm ? LinearOperation.Normalize(tape, layer, training: false) : default;
        (Matrix scale, Matrix shift) = norm.Affine(tape);
        Multiply(tape.Device, layer, layer.IsTransposed, x.Value, LinearOperation.WeightsOf(layer, state), scale, shift, y.Value, accumulate: false, activation, default);
        return y;
    }

    private static Tensor PlaceFor(ConvolutionLayer layer, Tensor x, Tensor? into)
    {
        MapShape from = layer.From, to = layer.To;
        return x.Columns == from.Channels && x.Rows % from.Pixels == 0
            ? Place(x.Tape, into, checked(x.Rows / from.Pixels * to.Pixels), to.Channels)
            : throw new ArgumentException($"A convolution of {from} was given {x.Rows} x {x.Columns}: no whole number of images.");
    }

    private static void Multiply(IDevice device, ConvolutionLayer layer, bool transposed, in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias,
        in Matrix y, bool accumulate, Activation activation, in DropoutMask mask)
    {
        if (transposed)
            device.ConvolveTransposed(x, weights, scale, bias, y, layer.Shape, accumulate, activation, mask);
        else
            device.Convolve(x, weights, scale, bias, y, layer.Shape, accumulate, activation, mask);
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (ConvolutionLayer)entry.Layer!;
        Matrix dy = BeforeActivation(tape, entry), weights = LinearOperation.WeightsOf(layer, entry.State);
        if (tape.Trains(entry))
            Train(tape, layer, entry.State, tape.NodeOf(entry.A).Value, dy);
        tape.HasBeenRead(entry.A);
        if (!tape.IsNeeded(entry.A))
            return;
        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        Multiply(tape.Device, layer, !layer.IsTransposed, dy, weights, default, default, dx, accumulate, Activation.Identity, default);
    }

    private static void Train(Tape tape, ConvolutionLayer layer, in Matrix state, in Matrix x, in Matrix dy)
    {
        bool accumulate = layer.TakeGradientStamp();
        (Matrix large, Matrix small) = layer.IsTransposed ? (dy, x) : (x, dy);
        if (layer.HasBias)
            tape.Device.ColumnSums(dy, layer.BiasGradient, accumulate);
        if (state.IsNone)
        {
            tape.Device.ConvolutionWeightGradient(large, small, layer.WeightGradient, layer.Shape, accumulate);
            return;
        }

        Matrix gradient = tape.AllocateRaw(layer.Inputs, layer.Outputs);
        tape.Device.ConvolutionWeightGradient(large, small, gradient, layer.Shape, accumulate: false);
        LinearOperation.TakeWeightGradient(tape, layer, state, gradient, accumulate);
    }
}
