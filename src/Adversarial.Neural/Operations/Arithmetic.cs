namespace Adversarial.Neural;

/// <summary>a + scale * b.</summary>
internal sealed class AddOperation : Operation
{
    private static readonly AddOperation _instance = new();

    public static Tensor Apply(Tensor a, Tensor b, float scale)
    {
        Shapes.RequireEqual(a, b);
        Tape tape = a.Tape;
        Tensor y = tape.Allocate(a.Rows, a.Columns);
        tape.Device.Add(a.Value, 1, y.Value, accumulate: false);
        tape.Device.Add(b.Value, scale, y.Value, accumulate: true);
        tape.Record(_instance, y.Id, a.Id, b.Id).Scalar = scale;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix dy = tape.GradientOf(entry.Output);
        if (tape.IsNeeded(entry.A))
            tape.Device.Add(dy, 1, tape.GradientForWriting(entry.A, out bool addA), addA);
        if (tape.IsNeeded(entry.B))
            tape.Device.Add(dy, entry.Scalar, tape.GradientForWriting(entry.B, out bool addB), addB);
    }
}

/// <summary>scale * a + offset.</summary>
internal sealed class AffineOperation : Operation
{
    private static readonly AffineOperation _instance = new();

    public static Tensor Apply(Tensor a, float scale, float offset)
    {
        Tensor y = a.Tape.Allocate(a.Rows, a.Columns);
        if (offset != 0)
            a.Tape.Device.Fill(y.Value, offset);
        a.Tape.Device.Add(a.Value, scale, y.Value, accumulate: offset != 0);
        a.Tape.Record(_instance, y.Id, a.Id).Scalar = scale;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.Add(tape.GradientOf(entry.Output), entry.Scalar, tape.GradientForWriting(entry.A, out bool accumulate), accumulate);
}

/// <summary>a * b, element by element.</summary>
internal sealed class MultiplyOperation : Operation
{
    private static readonly MultiplyOperation _instance = new();

    public static Tensor Apply(Tensor a, Tensor b)
    {
        Shapes.RequireEqual(a, b);
        Tensor y = a.Tape.Allocate(a.Rows, a.Columns);
        a.Tape.Device.Multiply(a.Value, b.Value, y.Value, accumulate: false);
        a.Tape.Record(_instance, y.Id, a.Id, b.Id);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix dy = tape.GradientOf(entry.Output);
        if (tape.IsNeeded(entry.A))
            tape.Device.Multiply(dy, tape.NodeOf(entry.B).Value, tape.GradientForWriting(entry.A, out bool addA), addA);
        if (tape.IsNeeded(entry.B))
            tape.Device.Multiply(dy, tape.NodeOf(entry.A).Value, tape.GradientForWriting(entry.B, out bool addB), addB);
    }
}

internal static class Shapes
{
    public static void RequireEqual(Tensor a, Tensor b)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
            throw new ArgumentException($"Shapes differ: {a.Rows} x {a.Columns} and {b.Rows} x {b.Columns}.");
    }
}
