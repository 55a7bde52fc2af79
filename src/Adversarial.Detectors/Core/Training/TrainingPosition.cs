namespace Adversarial.Detectors;

/// <summary>A place between two steps of a training. Random streams are counted, so that it names them too.</summary>
/// <param name="Phase">Index of the phase.</param>
/// <param name="Epoch">Index of the epoch in the phase.</param>
/// <param name="Row">Rows of the epoch that are done.</param>
/// <param name="OtherRows">Rows of the epoch's second order that are used.</param>
/// <param name="Step">Steps of all phases that are done.</param>
internal readonly record struct TrainingPosition(int Phase, int Epoch, int Row, int OtherRows, long Step)
{
    // From the second order of rows; no method asks for more than a few.
    private const int MostBatchesOfAStep = 1000;

    public static TrainingPosition Read(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());

    /// <summary>
    /// Steps that the phase has done here, or null where a training never stands here. The step follows from epoch and row; only a phase
    /// that <paramref name="mayStop"/> early can be at its last step before.
    /// </summary>
    /// <param name="first">Step of all phases at which this one begins.</param>
    /// <param name="end">Step at which it is done.</param>
    /// <param name="epochs">Epochs of the phase.</param>
    /// <param name="rows">Rows of an epoch.</param>
    /// <param name="batchSize">Rows of a step.</param>
    /// <param name="mayStop">Whether the phase may end with an epoch that is not its last.</param>
    public long? StepsDone(long first, long end, int epochs, int rows, int batchSize, bool mayStop)
    {
        bool isRow = Row == rows || (Row >= 0 && Row < rows && Row % batchSize == 0);
        bool isOther = OtherRows >= 0 && OtherRows <= (long)MostBatchesOfAStep * Row && OtherRows <= int.MaxValue - rows;
        if (Epoch < 0 || Epoch >= epochs || !isRow || !isOther)
            return null;
        long stepsOfAnEpoch = (rows + batchSize - 1) / batchSize;
        long done = Epoch * stepsOfAnEpoch + (Row + batchSize - 1) / batchSize;
        bool isStep = Step <= end && (Step == first + done || (mayStop && Row == rows && Step == end && first + done < end));
        return isStep ? done : null;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Phase);
        writer.Write(Epoch);
        writer.Write(Row);
        writer.Write(OtherRows);
        writer.Write(Step);
    }
}
