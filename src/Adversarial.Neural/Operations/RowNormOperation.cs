using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>Root of the sum over the columns of a², a column [rows, 1]. Where a row is 0 its gradient is.</summary>
internal sealed class RowNormOperation : Operation
{
    // Squares of norms below this are taken for 0.
    private const float SmallestSquare = 1e-12f;

    private static readonly RowNormOperation _instance = new();

    public static Tensor Apply(Tensor a)
    {
        Tensor y = a.Tape.Allocate(a.Rows, 1);
        a.Tape.Device.RowDistance(a.Value, default, y.Value, euclidean: true);
        a.Tape.Record(_instance, y.Id, a.Id);
        return y;
    }

    // da = a dy / y, with dy / y spread over the columns by a product.
    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix a = tape.NodeOf(entry.A).Value, y = tape.NodeOf(entry.Output).Value;
        Matrix factors = tape.AllocateRaw(a.Rows, 1), ones = tape.AllocateRaw(1, a.Columns), spread = tape.AllocateRaw(a.Rows, a.Columns);
        tape.Device.Multiply(y, y, factors, accumulate: false);
        Matrix asRow = new(factors.Storage, factors.Offset, 1, a.Rows, a.Rows);
        tape.Device.InverseRoot(asRow, SmallestSquare, asRow);
        tape.Device.Multiply(factors, tape.GradientOf(entry.Output), factors, accumulate: false);
        tape.Device.Fill(ones, 1);
        tape.Device.Linear(factors, ones, default, default, spread, accumulate: false, Activation.Identity, default);
        tape.Device.Multiply(a, spread, tape.GradientForWriting(entry.A, out bool accumulate), accumulate);
    }
}
