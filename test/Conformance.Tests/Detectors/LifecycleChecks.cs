using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Saving, cancelling, progress, divergence, threshold.</summary>
public static class LifecycleChecks
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("19a a saved model scores the same", RoundTrip),
        new("19b truncated, damaged, foreign and newer models are refused", BadModels),
        new("20 a fit that is broken off and resumed gives the uninterrupted model", Resume, NetworksOnly: true),
        new("21a cancellation is observed within one step", Cancellation, NetworksOnly: true),
        new("21c a cancelled fit ends without a detector", CancelledFit),
        new("21b cancellation can keep what was trained", KeepSoFar, NetworksOnly: true),
        new("22 progress is monotone, carries losses and survives its listener", Progress),
        new("23 divergence restarts twice and then fails with a remedy", Divergence, NetworksOnly: true),
        new("24 the threshold flags the asked share", Threshold),
    ];

    private static byte[] Save(Detector detector)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }

    private static void RoundTrip(Subject subject)
    {
        byte[] bytes = Save(subject.Fitted);
        Detector loaded = DetectorFile.Load(new MemoryStream(bytes));
        Assert.Equal(subject.Fitted.Score(subject.Set.Test), loaded.Score(subject.Set.Test));
        Assert.Equal(subject.Fitted.Threshold, loaded.Threshold);
        Assert.Equal(bytes, Save(loaded));
    }

    private static void BadModels(Subject subject)
    {
        byte[] good = Save(subject.Fitted);
        string Message(byte[] bytes) => Assert.Throws<FormatException>(() => DetectorFile.Load(new MemoryStream(bytes))).Message;
        foreach (int length in (int[])[0, 3, 10, 17, 40, good.Length / 2, good.Length - 1])
            _ = Message(good[..length]);
        Assert.Contains("truncated", Message(good[..(good.Length / 2)]));

        byte[] damaged = [.. good];
        damaged[good.Length / 2] ^= 1;
        Assert.Contains("checksum", Message(damaged));

        byte[] newer = [.. good];
        newer[8] = DetectorFile.FormatVersion + 1;
        Assert.Contains("newer", Message(newer));
        Assert.Contains("not an anomaly detector", Message("PK this is another file altogether"u8.ToArray()));
    }

    private static void Resume(Subject subject)
    {
        string folder = Directory.CreateTempSubdirectory("adversarial").FullName;
        byte[] uninterrupted = Save(subject.Fitted);
        Detector? resumed = null;
        int interruptions = 0;
        // Each try may go on a little longer than the one before. It is broken off at the end of an epoch, or some time later at whatever step.
        for (int reports = 1; resumed is null; reports++)
        {
            using var source = new CancellationTokenSource();
            int left = reports;
            try
            {
                resumed = subject.FitNetworks(subject.Set.Training, options =>
                {
                    options.CheckpointPath = Path.Combine(folder, "fit.checkpoint");
                    options.CancellationToken = source.Token;
                    options.Progress = new Listener(_ =>
                    {
                        if (--left == 0 && reports % 2 == 1)
                            source.Cancel();
                        else if (left == 0)
                            source.CancelAfter(TimeSpan.FromMilliseconds(reports));
                    });
                }, anomalies: subject.Set.Known);
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }
        }

        Assert.True(interruptions > 0, "No fit was broken off.");
        Assert.Equal(uninterrupted, Save(resumed));
        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    private static void Cancellation(Subject subject)
    {
        foreach (int stopAt in (int[])[0, 1, 5])
        {
            using var source = new CancellationTokenSource();
            long steps = 0;
            if (stopAt == 0)
                source.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => subject.FitNetworks(subject.Set.Training, options =>
            {
                // One batch an epoch: every step reports.
                options.BatchSize = subject.Set.Training.Rows;
                options.CancellationToken = source.Token;
                options.Progress = new Listener(report =>
                {
                    steps = report.Step;
                    if (report.Step == stopAt)
                        source.Cancel();
                });
            }));
            Assert.Equal(stopAt, steps);
        }
    }

    private static void CancelledFit(Subject subject)
    {
        foreach (bool atOnce in (bool[])[true, false])
        {
            using var source = new CancellationTokenSource();
            if (atOnce)
                source.Cancel();
            DetectorOptions options = subject.Options();
            options.CancellationToken = source.Token;
            options.Progress = new Listener(_ => source.Cancel());
            FeatureMatrix rows = subject.Set.Training;
            Detector detector = subject.Create(options, rows.Columns);
            Assert.ThrowsAny<OperationCanceledException>(() => detector.Fit(rows, Subject.Anomalies(options, rows)));
            Assert.False(detector.IsFitted);
        }
    }

    private static void KeepSoFar(Subject subject)
    {
        using var source = new CancellationTokenSource();
        Detector detector = subject.FitNetworks(subject.Set.Training, options =>
        {
            options.CancellationToken = source.Token;
            options.CancellationBehavior = CancellationBehavior.KeepSoFar;
            options.Progress = new Listener(_ => source.Cancel());
        });
        Assert.True(detector.IsFitted && detector.Score(subject.Set.Test).All(float.IsFinite) && float.IsFinite(detector.Threshold));
    }

    private static void Progress(Subject subject)
    {
        var reports = new List<TrainingProgress>();
        subject.Fit(subject.Set.Training, options => options.Progress = new Listener(report =>
        {
            reports.Add(report);
            throw new InvalidOperationException("A broken progress bar.");
        }));
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.True((report.Losses.Count > 0 || !subject.TrainsNetworks) && report.Losses.All(loss => double.IsFinite(loss.Value))));
        // A fit without epochs also shows that it goes on while no step is done.
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.First.Elapsed <= pair.Second.Elapsed
            && (subject.TrainsNetworks ? pair.First.Fraction < pair.Second.Fraction : pair.First.Fraction <= pair.Second.Fraction)));
        Assert.Equal(1, reports[^1].Fraction);
    }

    private static void Divergence(Subject subject)
    {
        int restarts = 0;
        var failure = Assert.Throws<TrainingDivergedException>(() => subject.Fit(subject.Set.Training, options =>
        {
            foreach (var rate in options.GetType().GetProperties().Where(p => p.Name.EndsWith("LearningRate", StringComparison.Ordinal)))
                rate.SetValue(options, 1e30f);
            options.Progress = new Listener(report => restarts += report.RestartReason is null ? 0 : 1);
        }));
        Assert.Contains("LearningRate", failure.Message);
        Assert.Equal(2, restarts);
    }

    private static void Threshold(Subject subject)
    {
        Detector fitted = subject.Fitted;
        float[] scores = (fitted.CalibrationScores.IsEmpty ? fitted.TrainingScores : fitted.CalibrationScores).ToArray();
        foreach (double share in (double[])[0, 0.01, 0.05, 0.1, 0.3, 0.5])
        {
            float threshold = ThresholdRule.Contamination(share).Choose(scores);
            double flagged = scores.Count(score => score > threshold) / (double)scores.Length;
            Assert.True(Math.Abs(flagged - share) <= 1.0 / scores.Length, $"{share}: {flagged} is flagged.");
        }

        // A committee chooses it by the rows that make its members comparable.
        float chosen = ThresholdRule.Of(fitted.Options).Choose(scores);
        if (fitted is CommitteeDetector)
            Assert.InRange(fitted.Threshold, chosen, scores.Max());
        else
            Assert.Equal(chosen, fitted.Threshold);
    }
}

/// <summary>A progress listener on the training thread.</summary>
internal sealed class Listener(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}
