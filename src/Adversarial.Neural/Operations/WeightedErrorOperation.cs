namespace Adversarial.Neural;

/// <summary>The squared error with a weight for each column; the weights are constants.</summary>
internal sealed class WeightedErrorOperation : Operation
{
    private static readonly WeightedErrorOperation _instance = new();

    public static Tensor Apply(Tensor prediction, Tensor target, in Matrix weights)
    {
        Shapes.RequireEqual(prediction, target);
        if (weights.Rows != 1 || weights.Columns != prediction.Columns)
            throw new ArgumentException($"{prediction.Columns} columns have {weights.Rows} x {weights.Columns} weights.");
        Tape tape = prediction.Tape;
        Tensor y = tape.Allocate(1, 1);
        tape.Device.WeightedSquaredError(prediction.Value, target.Value, weights, y.Value);
        tape.Record(_instance, y.Id, prediction.Id, target.Id).State = weights;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        // The error is even in the difference, so swapping the two gives the target's gradient.
        ToOne(tape, entry, entry.A, entry.B);
        ToOne(tape, entry, entry.B, entry.A);
    }

    private static void ToOne(Tape tape, in TapeEntry entry, int to, int other)
    {
        if (!tape.IsNeeded(to))
            return;
        Matrix dx = tape.GradientForWriting(to, out bool accumulate);
        tape.Device.WeightedSquaredErrorGradient(
            tape.NodeOf(to).Value, tape.NodeOf(other).Value, entry.State, tape.GradientOf(entry.Output), dx, accumulate);
    }
}
