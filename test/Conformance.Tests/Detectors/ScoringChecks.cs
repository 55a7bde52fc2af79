using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Scoring is a function of the row.</summary>
public static class ScoringChecks
{
    private const int LeftOutRows = 10;
    private const float LeftOutTolerance = 0.02f;

    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("07 a row's score does not depend on other rows", RowIndependence),
        new("08 scores of the training rows equal those of the fit", TrainingScores),
        new("09a scoring twice and from 8 threads gives the same", Pure),
        new("09b scoring allocates nothing per row", NoAllocation),
        new("10a permuted columns move AUC little", ColumnPermutation, DefaultOnly: true),
        new("10b a constant column does no harm", ConstantColumn, DefaultOnly: true),
        new("32 a row that is far away is flagged, and the guard changes no score inside the box", FarAway),
    ];

    private static void RowIndependence(Subject subject)
    {
        Detector detector = subject.Fitted;
        FeatureMatrix rows = subject.Set.Test;
        float[] block = detector.Score(rows);
        Scorer scorer = detector.CreateScorer();
        for (int r = 0; r < rows.Rows; r++)
            AssertBits(block[r], scorer.Score(rows[r]), $"row {r} alone");

        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        new Random(5).Shuffle(order);
        float[] permuted = detector.Score(FeatureMatrix.FromRows(order.Select(r => rows[r].ToArray())));
        for (int i = 0; i < order.Length; i++)
            AssertBits(block[order[i]], permuted[i], $"row {order[i]} at place {i}");

        float[] part = detector.Score(FeatureMatrix.FromRows(SimulatedSet.Rows(rows).Skip(3).Take(17)));
        for (int i = 0; i < part.Length; i++)
            AssertBits(block[3 + i], part[i], $"row {3 + i} in a block of 17");
    }

    private static void AssertBits(float expected, float actual, string where) =>
        Assert.True(BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual), $"{where}: {actual:R} instead of {expected:R}");

    private static void TrainingScores(Subject subject)
    {
        float[] scores = subject.Fitted.TrainingScores.ToArray();
        if (!subject.Fitted.LeavesTrainingRowsOut)
        {
            Assert.Equal(scores, subject.Fitted.Score(subject.Set.Training));
            return;
        }

        // They are what a detector says that was fitted without the row; the others of its rows shift that but little.
        float tolerance = LeftOutTolerance * (scores.Max() - scores.Min());
        float[][] rows = SimulatedSet.Rows(subject.Set.Training);
        for (int r = 0; r < LeftOutRows; r++)
        {
            float without = subject.Fit(FeatureMatrix.FromRows(rows.Where((_, other) => other != r))).CreateScorer().Score(rows[r]);
            Assert.True(Math.Abs(scores[r] - without) <= tolerance, $"Row {r}: {scores[r]} where a detector fitted without it gives {without}.");
        }
    }

    private static void Pure(Subject subject)
    {
        float[] expected = subject.Fitted.Score(subject.Set.Test, threads: 1);
        Assert.Equal(expected, subject.Fitted.Score(subject.Set.Test, threads: 1));
        // Tasks of a thread each: an assertion that fails in one is told, where on a bare thread it would end the process.
        Task<float[]>[] results = [.. Enumerable.Range(0, 8).Select(index => Task.Factory.StartNew(
            () => index % 2 == 0
                ? subject.Fitted.Score(subject.Set.Test, threads: 2)
                : ThroughBlocks(subject.Fitted, threads: 3, subject.Set.Test),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Assert.All(results, scores => Assert.Equal(expected, scores.GetAwaiter().GetResult()));
    }

    /// <summary>Scores of all rows, from blocks that are full because the rows come again and again, and the last time not.</summary>
    private static float[] ThroughBlocks(Detector detector, int threads, FeatureMatrix rows)
    {
        ParallelScorer scorer = detector.CreateParallelScorer(threads);
        var scores = new float[scorer.Capacity];
        for (int i = 0; i < scores.Length; i++)
            scorer.SetRow(i, rows[i % rows.Rows]);
        scorer.Score(scores);
        var again = new float[Math.Min(scores.Length, detector.CreateScorer().Capacity + 1)];
        scorer.Score(again);
        Assert.Equal(scores[..again.Length], again);
        for (int i = rows.Rows; i < scores.Length; i++)
            AssertBits(scores[i % rows.Rows], scores[i], $"row {i % rows.Rows} at place {i}");
        return scores[..rows.Rows];
    }

    private static void NoAllocation(Subject subject)
    {
        FeatureMatrix rows = subject.Set.Test;
        Scorer scorer = subject.Fitted.CreateScorer();
        ParallelScorer parallel = subject.Fitted.CreateParallelScorer(2);
        var scores = new float[parallel.Capacity];
        Assert.Equal(0, SteadyState.AllocatedBytes(() =>
        {
            for (int i = 0; i < scorer.Capacity; i++)
                scorer.SetRow(i, rows[i % rows.Rows]);
            scorer.ScoreBlock(scores.AsSpan(0, scorer.Capacity));
            for (int i = 0; i < scores.Length; i++)
                parallel.SetRow(i, rows[i % rows.Rows]);
            parallel.Score(scores);
        }, warmUp: 10, rounds: 20));
    }

    private static double Auc(Subject subject, FeatureMatrix training, FeatureMatrix test, int seed) =>
        AnomalyMetrics.Evaluate(subject.Fit(training, options => options.Seed = seed, steps: 600).Score(test), subject.Set.Anomalous).RocAuc;

    private static (double Mean, double Spread) Baseline(Subject subject)
    {
        double[] values = [.. Enumerable.Range(1, 3).Select(seed => Auc(subject, subject.Set.Training, subject.Set.Test, seed))];
        return (values.Average(), Math.Max(0.05, values.Max() - values.Min()));
    }

    private static void ColumnPermutation(Subject subject) => AssertHarmless(subject, row => [.. row.Reverse()]);

    private static void ConstantColumn(Subject subject) => AssertHarmless(subject, row => [.. row, 0.5f]);

    private static void AssertHarmless(Subject subject, Func<float[], float[]> change)
    {
        (double mean, double spread) = Baseline(subject);
        FeatureMatrix training = SimulatedSet.Map(subject.Set.Training, change);
        FeatureMatrix test = SimulatedSet.Map(subject.Set.Test, change);
        double changed = Enumerable.Range(1, 3).Average(seed => Auc(subject, training, test, seed));
        Assert.True(changed >= mean - spread, $"AUC {changed:F3} where {mean:F3} was reached before.");
    }

    private static void FarAway(Subject subject)
    {
        Detector guarded = subject.Fitted;
        FeatureMatrix training = subject.Set.Training;
        float[] low = guarded.FeatureMinima.ToArray(), high = guarded.FeatureMaxima.ToArray();
        Scorer scorer = guarded.CreateScorer();
        for (int c = 0; c < training.Columns; c++)
        {
            float range = high[c] - low[c];
            foreach (float away in (float[])[low[c] - 1.001f * range, high[c] + 1.001f * range, 1e20f, -float.MaxValue])
            {
                float[] row = training[c].ToArray();
                row[c] = away;
                float score = scorer.Score(row);
                Assert.True(score > guarded.Threshold && float.IsFinite(score), $"Feature {c} at {away}: {score}, threshold {guarded.Threshold}.");
            }
        }

        Detector bare = subject.Fit(training, options => options.OutOfRangeWeight = 0, anomalies: subject.Set.Known);
        bool Inside(float[] row) => row.Zip(low, high).All(cell => cell.First >= cell.Second && cell.First <= cell.Third);
        // Rows that are held out of training may lie outside of what is learned.
        FeatureMatrix inside = FeatureMatrix.FromRows(SimulatedSet.Rows(training).Concat(SimulatedSet.Rows(subject.Set.Test)).Where(Inside));
        Assert.Equal(bare.Score(inside), guarded.Score(inside));
    }
}
