using System.Diagnostics;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Scores of a network that normalises by batches, read with the statistics of test batches and with those of training.</summary>
internal static class BatchReadings
{
    private const int BatchRows = 1024;

    /// <summary>Row by row, by test batches of one class, and by test batches of both.</summary>
    public static readonly IReadOnlyList<Reading> All =
    [
        Reading.Rows with { Name = "row by row", Words = "running averages of the statistics while training, so that a score depends on its row alone" },
        new Reading("batches of one class", $"statistics of test batches of {BatchRows:N0} rows, all normal rows first: the authors' order",
            (detector, trial, _) => Read(detector, [.. Enumerable.Range(0, trial.Test.Rows).OrderBy(row => trial.Labels[row])], trial)),
        new Reading("shuffled batches", $"statistics of test batches of {BatchRows:N0} rows in random order",
            (detector, trial, _) => Read(detector, new Random(detector.Options.Seed ?? 0).Shuffled(Enumerable.Range(0, trial.Test.Rows)), trial)),
    ];

    private static Scored Read(Detector detector, int[] order, Trial trial)
    {
        var rows = new FeatureMatrix(trial.Test.Columns);
        foreach (int row in order)
            rows.Add(trial.Test[row]);
        var clock = Stopwatch.StartNew();
        float[] scores = MethodData.ScoreByBatches(detector, rows, BatchRows);
        return new Scored(scores, [.. order.Select(row => trial.Labels[row])], float.NaN, rows.Rows / clock.Elapsed.TotalSeconds);
    }
}
