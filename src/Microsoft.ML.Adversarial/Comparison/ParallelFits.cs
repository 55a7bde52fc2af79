namespace Microsoft.ML.Adversarial;

/// <summary>How many fits of the same rows run at a time.</summary>
internal static class ParallelFits
{
    // What a fit takes besides its rows.
    private const long MemoryOfFit = 256L << 20;

    // Rows as read, split, scaled and in batches.
    private const long Copies = 4;

    /// <summary>A timer takes no longer span; a limit beyond it is none in practice.</summary>
    public static TimeSpan LongestTimer { get; } = TimeSpan.FromDays(49);

    /// <summary>As many as are asked for, or as there are processors; fewer where memory is short.</summary>
    public static int Number(TrainingTable table, int? wanted)
    {
        long rows = Copies * sizeof(float) * table.Normal.Columns * (table.Normal.Rows + (table.Anomalies?.Rows ?? 0));
        long fits = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (rows + MemoryOfFit);
        return (int)Math.Clamp(fits, 1, wanted ?? Environment.ProcessorCount);
    }
}
