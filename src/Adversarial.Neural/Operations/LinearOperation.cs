using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>dropout(activation(x W + bias)), one operation because its parts share one pass over the output.</summary>
internal sealed class LinearOperation : Operation
{
    private static readonly LinearOperation _instance = new();

    public static Tensor Apply(Linear layer, Tensor x, Activation activation, float dropout, NoiseSource? noise, Tensor? into)
    {
        if (x.Columns != layer.Inputs)
            throw new ArgumentException($"A layer of {layer.Inputs} inputs was given {x.Columns} columns.");
        Tape tape = x.Tape;
        Tensor y = Place(tape, into, x.Rows, layer.Outputs);
        DropoutMask mask = DrawMask(tape, x.Rows, layer.Outputs, dropout, noise);
        tape.Device.Linear(x.Value, layer.Weights, layer.Bias, y.Value, activation, mask);
        tape.Record(new TapeEntry(_instance, y.Id, x.Id) { Layer = layer, Activation = activation, Dropout = mask });
        return y;
    }

    public override bool EndsInActivation => true;

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (Linear)entry.Layer!;
        Matrix dy = BeforeActivation(tape, entry);
        Matrix x = tape.NodeOf(entry.A).Value;
        if (tape.Trains(entry))
            tape.Device.LinearWeightGradient(x, dy, layer.WeightGradient, layer.BiasGradient, layer.TakeGradientStamp());
        if (!tape.IsNeeded(entry.A))
            return;

        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        if (!accumulate && tape.TryFuseDerivative(entry.A, out int producer))
        {
            ref readonly TapeEntry before = ref tape.EntryOf(producer);
            tape.Device.LinearInputGradient(dy, layer.Weights, dx, accumulate, x, before.Activation, before.Dropout);
        }
        else
        {
            tape.Device.LinearInputGradient(dy, layer.Weights, dx, accumulate, default, Activation.Identity, default);
        }
    }
}
