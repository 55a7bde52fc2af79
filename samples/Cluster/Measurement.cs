using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial.Orleans;
using Orleans;

namespace Cluster;

/// <summary>What jobs cost, by the clock.</summary>
public static class Measurement
{
    private const int Repetitions = 3;

    public static async Task RunAsync(IClusterClient client, SampleData data)
    {
        var context = new MLContext();
        var alone = new ClusterJobOptions { JobsInFlight = 1 };
        // The first run warms all up.
        for (int i = 0; i <= Repetitions; i++)
        {
            await ReportAsync(i, "jobs of nearly no work, one after the other", 40, () => client.FitAllAsync(context, Fits(40, epochs: 1, steps: 1), Few(context), alone));
            await ReportAsync(i, "jobs of nearly no work", 200, () => client.FitAllAsync(context, Fits(200, epochs: 1, steps: 1), Few(context)));
            await ReportAsync(i, "fits (VAE, 10,000 rows, 20 epochs)", 12, () => client.FitAllAsync(context, Fits(12, epochs: 20, steps: null), data.Rows));
            await ReportAsync(i, "of these fits in this process, on one thread", 4, () => Task.Run(() => FitHere(context, Fits(4, epochs: 20, steps: null), data)));
            if (!File.Exists(data.Model))
                continue;
            long rows = 0;
            string[] parts = data.Parts;
            await ReportAsync(i, "parts", parts.Length, async () => rows = (await client.ScoreFilesAsync(data.Model, ScorePart.Of(parts, data.Scores), SampleData.Format)).Sum(part => part.Rows), () => rows);
        }
    }

    private static void FitHere(MLContext context, DetectorOptions[] fits, SampleData data)
    {
        foreach (DetectorOptions options in fits)
        {
            options.NumberOfThreads = 1;
            context.AnomalyDetection.Trainers.Detector(options).Fit(context.Data.LoadFromBinary(data.Training));
        }
    }

    private static DetectorOptions[] Fits(int count, int epochs, int? steps) =>
        [.. Enumerable.Range(1, count).Select(seed => new VaeOptions { EnsembleSize = 1, Seed = seed, NumberOfEpochs = epochs, MaximumNumberOfSteps = steps })];

    private static ClusterRows Few(MLContext context) =>
        ClusterRows.FromView(context, context.Data.LoadFromEnumerable(Enumerable.Range(0, 64).Select(i => new Point { Features = [i, -i, i % 7] })));

    private static async Task ReportAsync(int repetition, string what, int jobs, Func<Task> work, Func<long>? rows = null)
    {
        long begin = Stopwatch.GetTimestamp();
        await work();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        string perRow = rows is null ? "" : $", {rows() / seconds:N0} rows/s";
        Console.WriteLine($"{(repetition == 0 ? "warm-up" : $"run {repetition}")}: {jobs} {what}: {seconds:F2} s, {jobs / seconds:F1} jobs/s{perRow}");
    }

    private sealed class Point
    {
        [Microsoft.ML.Data.VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
