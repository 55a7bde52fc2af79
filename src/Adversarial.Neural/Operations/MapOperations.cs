using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>Largest values or means of windows.</summary>
internal sealed class PoolingOperation(PoolingShape shape, bool ofMeans) : Operation
{
    public Tensor Apply(Tensor x, Tensor? into)
    {
        Tensor y = Place(x.Tape, into, x.Rows / shape.InputPixels * shape.OutputPixels, shape.Channels);
        x.Tape.Device.Pool(x.Place, y.Place, shape, ofMeans);
        x.Tape.Record(this, y.Id, x.Id);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        tape.Device.PoolGradient(tape.NodeOf(entry.A).Value, tape.GradientOf(entry.Output), dx, shape, ofMeans, accumulate);
    }
}

/// <summary>Maps with each pixel repeated.</summary>
internal sealed class UpsamplingOperation(MapShape from, int factor) : Operation
{
    public Tensor Apply(Tensor x, Tensor? into)
    {
        Tensor y = Place(x.Tape, into, checked(x.Rows * factor * factor), x.Columns);
        x.Tape.Device.Upsample(x.Place, y.Place, from.Height, from.Width, factor);
        x.Tape.Record(this, y.Id, x.Id);
        return y;
    }

    public override bool ReadsInputs => false;

    public override bool CanRepeat => true;

    public override void Repeat(Tape tape, in TapeEntry entry, in Matrix result) =>
        tape.Device.Upsample(tape.NodeOf(entry.A).Value, result, from.Height, from.Width, factor);

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        Matrix dx = tape.GradientForWriting(entry.A, out bool accumulate);
        tape.Device.UpsampleGradient(tape.GradientOf(entry.Output), dx, from.Height, from.Width, factor, accumulate);
    }
}
