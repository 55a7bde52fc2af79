using System.Diagnostics;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Scores of test rows.</summary>
/// <param name="Scores">Higher is more anomalous.</param>
/// <param name="Labels">The truth.</param>
/// <param name="Threshold">Rows above it are flagged; NaN where there is none.</param>
/// <param name="RowsPerSecond">Rate of scoring.</param>
internal sealed record Scored(float[] Scores, bool[] Labels, float Threshold, double RowsPerSecond);

/// <summary>One way of scoring the test with a trained detector; several of them share the training.</summary>
/// <param name="Name">Empty for the detector's own scores of all test rows.</param>
/// <param name="Words">The same for a reader.</param>
/// <param name="Read">Scores with the given number of threads.</param>
internal sealed record Reading(string Name, string Words, Func<Detector, Trial, int, Scored> Read)
{
    /// <summary>Options that it changes.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    /// <summary>What the paper prints for it; null where it is the row's.</summary>
    public IReadOnlyList<Published>? Published { get; init; }

    /// <summary>The detector's score of each test row.</summary>
    public static readonly Reading Rows = new("", "", (detector, trial, threads) => Score(detector, trial.Test, trial.Labels, threads));

    /// <summary>All normal test rows, and so many of the anomalies, evenly from the test's order, that they are 20 %.</summary>
    public static readonly Reading FifthAnomalous = new(
        "80/20 mix", "all normal test rows and so many of the anomalies, evenly taken from the test's order, that they are 20 %", ReadMix);

    /// <summary>The score that the same trained networks give under other options, such as another kind of score.</summary>
    /// <param name="settings">Options as <see cref="RowOptions"/> writes them.</param>
    public static Reading Rescored(string name, params string[] settings) =>
        new(name, $"the same trained networks, scored with {string.Join(", ", settings)}", (detector, trial, threads) =>
        {
            Detector other = Rescoring.Of(detector, settings);
            other.Threshold = ThresholdRule.Of(other.Options).Choose(other.Score(trial.Normal, threads));
            return Score(other, trial.Test, trial.Labels, threads);
        })
        { Settings = settings };

    private static Scored ReadMix(Detector detector, Trial trial, int threads)
    {
        Scored all = Rows.Read(detector, trial, threads);
        int[] anomalies = [.. Enumerable.Range(0, all.Labels.Length).Where(i => all.Labels[i])];
        int kept = Math.Min(anomalies.Length, (all.Labels.Length - anomalies.Length) / 4);
        HashSet<int> chosen = [.. Enumerable.Range(0, kept).Select(i => anomalies[(int)((long)i * anomalies.Length / kept)])];
        int[] rows = [.. Enumerable.Range(0, all.Labels.Length).Where(i => !all.Labels[i] || chosen.Contains(i))];
        return all with { Scores = [.. rows.Select(i => all.Scores[i])], Labels = [.. rows.Select(i => all.Labels[i])] };
    }

    private static Scored Score(Detector detector, FeatureMatrix rows, bool[] labels, int threads)
    {
        float[] scores = [];
        double best = double.PositiveInfinity;
        // The first pass may wait for the compiler; a small test is passed over again until the clock can tell.
        var total = Stopwatch.StartNew();
        for (int pass = 0; pass == 0 || (pass < 20 && total.Elapsed.TotalSeconds < 1); pass++)
        {
            var clock = Stopwatch.StartNew();
            scores = detector.Score(rows, threads);
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return new Scored(scores, labels, detector.Threshold, rows.Rows / best);
    }
}
