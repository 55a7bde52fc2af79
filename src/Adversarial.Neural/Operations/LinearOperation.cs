using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>dropout(activation(x W + bias)), one operation because its parts share one pass over the output.</summary>
internal sealed class LinearOperation : Operation
{
    private static readonly LinearOperation _instance = new();

    public static Tensor Apply(Linear layer, Tensor x, Activation activation, float dropout, NoiseSource? noise, Tensor? into,
        bool training)
    {
        if (x.Columns != layer.Inputs)
            throw WrongInputs(layer, x);
        Tape tape = x.Tape;
        Tensor y = Place(tape, into, x.Rows, layer.Outputs);
        DropoutMask mask = DrawMask(tape, x.Rows, layer.Outputs, dropout, noise);
        Matrix state = layer.SpectralNorm ? Normalize(tape, layer, training) : default;
        tape.Device.Linear(x.Place, WeightsOf(layer, state), default, layer.Bias, y.Place, accumulate: false, activation, mask);
        tape.Record(_instance, y.Id, x.Id).Set(layer, activation, mask, state);
        return y;
    }

    /// <inheritdoc cref="WeightedLayer.Score"/>
    public static Tensor Score(Linear layer, BatchNorm norm, Tensor x, Activation activation, Tensor? into)
    {
        Tape tape = x.Tape;
        Tensor y = Place(tape, into, x.Rows, layer.Outputs);
        Matrix state = layer.SpectralNorm ? Normalize(tape, layer, training: false) : default;
        (Matrix scale, Matrix shift) = norm.Affine(tape);
        tape.Device.Linear(x.Value, WeightsOf(layer, state), scale, shift, y.Value, accumulate: false, activation, default);
        return y;
    }

    /// <summary>The weights that a pass uses: the layer's own, or those that spectral normalisation made of them.</summary>
    public static Matrix WeightsOf(WeightedLayer layer, in Matrix state) =>
        state.IsNone ? layer.Weights : new SpectralState(state, layer.Inputs, layer.Outputs).Normalized;

    /// <summary>Normalises the weights for a pass and gives the state that its way back needs.</summary>
    public static Matrix Normalize(Tape tape, WeightedLayer layer, bool training)
    {
        Matrix block = tape.AllocateRaw(1, SpectralState.Length(layer.Inputs, layer.Outputs));
        var state = new SpectralState(block, layer.Inputs, layer.Outputs);
        tape.Device.SpectralNormalize(layer.Weights, layer.SpectralVector, training, state.Left, state.Sigma, state.Normalized);

        // The layer's own vector will have moved on by the time of the way back.
        tape.Device.Add(layer.SpectralVector, 1, state.Right, accumulate: false);
        return block;
    }

    private static ArgumentException WrongInputs(Linear layer, Tensor x) =>
        new($"A layer of {layer.Inputs} inputs was given {x.Columns} columns.");

    public override bool EndsInActivation => true;

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (Linear)entry.Layer!;
        Matrix dy = BeforeActivation(tape, entry);
        ref readonly Matrix x = ref tape.NodeOf(entry.A).Value;
        Matrix weights = WeightsOf(layer, entry.State);
        if (tape.Trains(entry) && layer.SpectralNorm)
            TrainNormalized(tape, layer, entry.State, x, dy);
        else if (tape.Trains(entry))
            tape.Device.LinearWeightGradient(x, dy, layer.WeightGradient, layer.BiasGradient, layer.TakeGradientStamp());
        if (!tape.IsNeeded(entry.A))
            return;

        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        if (!accumulate && tape.TryFuseDerivative(entry.A, out int producer))
        {
            ref readonly TapeEntry before = ref tape.EntryOf(producer);
            tape.Device.LinearInputGradient(dy, weights, dx, accumulate, x, before.Activation, before.Dropout);
        }
        else
        {
            tape.Device.LinearInputGradient(dy, weights, dx, accumulate, default, Activation.Identity, default);
        }
    }

    private static void TrainNormalized(Tape tape, Linear layer, in Matrix block, in Matrix x, in Matrix dy)
    {
        Matrix gradient = tape.AllocateRaw(layer.Inputs, layer.Outputs);
        bool accumulate = layer.TakeGradientStamp();

        // The product adds to the bias's gradient if asked to, and then to this pass's too.
        if (accumulate)
            tape.Device.Fill(gradient, 0);
        tape.Device.LinearWeightGradient(x, dy, gradient, layer.BiasGradient, accumulate);
        TakeWeightGradient(tape, layer, block, gradient, accumulate);
    }

    /// <summary>Takes the gradient of the weights that a pass used to the layer's own.</summary>
    public static void TakeWeightGradient(Tape tape, WeightedLayer layer, in Matrix block, in Matrix gradient, bool accumulate)
    {
        if (block.IsNone)
        {
            tape.Device.Add(gradient, 1, layer.WeightGradient, accumulate);
            return;
        }

        var state = new SpectralState(block, layer.Inputs, layer.Outputs);
        tape.Device.SpectralGradient(gradient, state.Normalized, state.Right, state.Left, state.Sigma, layer.WeightGradient, accumulate);
    }
}
