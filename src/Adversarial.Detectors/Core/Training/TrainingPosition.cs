namespace Adversarial.Detectors;

/// <summary>A place between two steps of a training. Random streams are counted, so that it names them too.</summary>
/// <param name="Phase">Index of the phase.</param>
/// <param name="Epoch">Index of the epoch in the phase.</param>
/// <param name="Row">Rows of the epoch that are done.</param>
/// <param name="OtherRows">Rows of the epoch's second order that are used.</param>
/// <param name="Step">Steps of all phases that are done.</param>
internal readonly record struct TrainingPosition(int Phase, int Epoch, int Row, int OtherRows, long Step)
{
    public static TrainingPosition Read(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());

    public void Write(BinaryWriter writer)
    {
        writer.Write(Phase);
        writer.Write(Epoch);
        writer.Write(Row);
        writer.Write(OtherRows);
        writer.Write(Step);
    }
}
