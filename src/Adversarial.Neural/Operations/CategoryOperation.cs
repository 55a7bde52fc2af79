using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>A draw from the categories of each group of columns; the gradient always takes the soft draw for the result.</summary>
internal sealed class CategoryOperation : Operation
{
    private static readonly CategoryOperation _instance = new();

    public static Tensor Apply(Tensor logits, ColumnGroups groups, float temperature, RandomStream? stream, bool hard)
    {
        if (logits.Columns != groups.Width)
            throw new ArgumentException($"Groups of {groups.Width} columns were given {logits.Columns}.");
        Tape tape = logits.Tape;
        Tensor y = tape.Allocate(logits.Rows, logits.Columns);
        Matrix soft = hard ? tape.AllocateRaw(logits.Rows, logits.Columns) : y.Value;
        tape.Device.SampleCategories(logits.Value, groups, temperature, stream, soft);
        if (hard)
            tape.Device.TakeLargest(soft, groups, y.Value);
        ref TapeEntry entry = ref tape.Record(_instance, y.Id, logits.Id);
        (entry.Groups, entry.Scalar, entry.State) = (groups, temperature, soft);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.SampleCategoriesGradient(entry.State, entry.Groups!, entry.Scalar, tape.GradientOf(entry.Output),
            tape.GradientForWriting(entry.A, out bool accumulate), accumulate);
}
