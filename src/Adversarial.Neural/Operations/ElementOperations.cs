using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>An activation by itself.</summary>
internal sealed class ActivationOperation : Operation
{
    private static readonly ActivationOperation _instance = new();

    public static Tensor Apply(Tensor x, Activation activation)
    {
        Tensor y = x.Tape.Allocate(x.Rows, x.Columns);
        x.Tape.Device.Activate(x.Value, y.Value, activation);
        x.Tape.Record(_instance, y.Id, x.Id).Activation = activation;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.ActivateGradient(tape.NodeOf(entry.Output).Value, tape.GradientOf(entry.Output),
            tape.GradientForWriting(entry.A, out bool accumulate), accumulate, entry.Activation, default);
}

/// <summary>Dropout by itself.</summary>
internal sealed class DropoutOperation : Operation
{
    private static readonly DropoutOperation _instance = new();

    public static Tensor Apply(Tensor x, float rate, NoiseSource noise)
    {
        Tape tape = x.Tape;
        var mask = new DropoutMask(tape.AllocateRaw(x.Rows, Dropout.MaskStride(x.Columns)), 1 / (1 - rate));
        tape.Device.DrawMask(mask.Bits, x.Columns, 1 - rate, noise.Next());
        Tensor y = tape.Allocate(x.Rows, x.Columns);
        tape.Device.Drop(x.Value, y.Value, mask);
        tape.Record(_instance, y.Id, x.Id).Dropout = mask;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.ActivateGradient(tape.NodeOf(entry.Output).Value, tape.GradientOf(entry.Output),
            tape.GradientForWriting(entry.A, out bool accumulate), accumulate, Activation.Identity, entry.Dropout);
}

/// <summary>Copies a tensor to a part of a larger one: one half of a concatenation.</summary>
internal sealed class CopyOperation : Operation
{
    private static readonly CopyOperation _instance = new();

    public static void Apply(Tensor x, Tensor into)
    {
        Shapes.RequireEqual(x, into);
        x.Tape.Device.Add(x.Value, 1, into.Value, accumulate: false);
        x.Tape.Record(_instance, into.Id, x.Id);
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.Add(tape.GradientOf(entry.Output), 1, tape.GradientForWriting(entry.A, out bool accumulate), accumulate);
}

/// <summary>A mean loss over all elements.</summary>
internal sealed class LossOperation : Operation
{
    private static readonly LossOperation _instance = new();

    public static Tensor Apply(LossFunction function, Tensor prediction, Tensor? target, float constant)
    {
        if (target is { } t)
            Shapes.RequireEqual(prediction, t);
        Tape tape = prediction.Tape;
        Tensor y = tape.Allocate(1, 1);
        tape.Device.Loss(function, prediction.Value, new LossTarget(target?.Value ?? default, constant), y.Value);
        ref TapeEntry entry = ref tape.Record(_instance, y.Id, prediction.Id, target?.Id ?? -1);
        (entry.Loss, entry.Scalar) = (function, constant);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix upstream = tape.GradientOf(entry.Output);
        Matrix prediction = tape.NodeOf(entry.A).Value;
        var target = new LossTarget(entry.B < 0 ? default : tape.NodeOf(entry.B).Value, entry.Scalar);
        if (tape.IsNeeded(entry.A))
            tape.Device.LossGradient(entry.Loss, prediction, target, upstream, tape.GradientForWriting(entry.A, out bool accumulate), accumulate);
        if (entry.B >= 0 && tape.IsNeeded(entry.B))
            BackwardToTarget(tape, entry, prediction, target, upstream);
    }

    // Squared and absolute errors are even in (prediction - target), so swapping the two gives the target's gradient.
    private static void BackwardToTarget(Tape tape, in TapeEntry entry, in Matrix prediction, in LossTarget target, in Matrix upstream)
    {
        if (entry.Loss is not (LossFunction.MeanSquaredError or LossFunction.MeanAbsoluteError))
            throw new InvalidOperationException($"{entry.Loss} gives no gradient to its target.");
        Matrix dx = tape.GradientForWriting(entry.B, out bool accumulate);
        tape.Device.LossGradient(entry.Loss, target.Values, new LossTarget(prediction, 0), upstream, dx, accumulate);
    }
}
