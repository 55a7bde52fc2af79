using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Edges of the data.</summary>
public static class DataChecks
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("14a NaN and infinity in training name row and feature", NonFiniteTraining),
        new("14b NaN and infinity in a row to score give NaN", NonFiniteScoring),
        new("15 odd tables train without NaN", OddTables),
        new("16 every row is used once an epoch", EveryRowOnce, NetworksOnly: true),
        new("17 empty data and wrong lengths are refused before training", WrongShapes),
        new("18a contaminated training degrades smoothly", Contamination, DefaultOnly: true, IsSlow: true),
        new("18b test data without anomalies evaluates", NoAnomalies),
    ];

    private static void NonFiniteTraining(Subject subject)
    {
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            FeatureMatrix rows = FeatureMatrix.FromRows(SimulatedSet.Rows(subject.Set.Training)
                .Select((row, r) => row.Select((value, c) => r == 5 && c == 2 ? bad : value).ToArray()));
            var failure = Assert.Throws<NonFiniteFeatureException>(() => subject.Fit(rows));
            Assert.Equal((5, 2), (failure.Row, failure.Column));
        }
    }

    private static void NonFiniteScoring(Subject subject)
    {
        float[][] rows = [.. SimulatedSet.Rows(subject.Set.Test).Take(4)];
        float[] expected = subject.Fitted.Score(FeatureMatrix.FromRows(rows));
        rows[1][0] = float.NaN;
        rows[2][^1] = float.NegativeInfinity;
        float[] scores = subject.Fitted.Score(FeatureMatrix.FromRows(rows));
        Assert.Equal([expected[0], float.NaN, float.NaN, expected[3]], scores);
    }

    private static void OddTables(Subject subject)
    {
        var random = new Random(3);
        float[] Uniform(int columns) => [.. Enumerable.Range(0, columns).Select(_ => random.NextSingle())];
        FeatureMatrix Table(int rows, int columns, Func<int, float[], float[]> change) =>
            FeatureMatrix.FromRows(Enumerable.Range(0, rows).Select(r => change(r, Uniform(columns))));

        var tables = new Dictionary<string, FeatureMatrix>
        {
            ["two rows"] = Table(2, 5, (_, row) => row),
            ["fewer rows than a batch"] = Table(17, 5, (_, row) => row),
            ["a last batch of one row"] = Table(129, 4, (_, row) => row),
            ["one feature"] = Table(50, 1, (_, row) => row),
            ["a constant column"] = Table(60, 4, (_, row) => [7, .. row]),
            ["a huge constant column"] = Table(60, 4, (_, row) => [float.MaxValue, .. row]),
            ["duplicate rows"] = Table(64, 4, (r, row) => r % 2 == 0 ? [0.1f, 0.2f, 0.3f, 0.4f] : row),
            ["equal rows"] = Table(32, 3, (_, _) => [0.1f, 0.2f, 0.3f]),
            ["one-hot columns"] = Table(90, 6, (r, _) => [.. Enumerable.Range(0, 6).Select(c => c == r % 6 ? 1f : 0f)]),
            ["the largest floats"] = Table(60, 3, (r, row) => [r % 2 == 0 ? float.MaxValue : -float.MaxValue, .. row]),
            ["the smallest floats"] = Table(60, 3, (r, row) => [r % 2 == 0 ? float.Epsilon : -float.Epsilon, .. row]),
        };

        // One pixel that dwarfs the others leaves nothing of them where all have one scale.
        if (subject.TakesImages)
            tables.Remove("a huge constant column");
        foreach ((string name, FeatureMatrix table) in tables)
            RequireFinite(name, subject, table, steps: 6);
        RequireFinite("2000 features", subject, Table(16, 2000, (_, row) => row), steps: 1);
    }

    private static void RequireFinite(string name, Subject subject, FeatureMatrix table, int steps)
    {
        Detector detector = subject.Fit(table, steps: steps);
        Assert.True(detector.Score(table).All(float.IsFinite), $"{name}: scores are not finite.");
        foreach (float extreme in (float[])[float.MaxValue, -float.MaxValue])
            Assert.True(float.IsFinite(detector.CreateScorer().Score(Enumerable.Repeat(extreme, table.Columns).ToArray())), $"{name}: {extreme} scores no number.");
    }

    private static void EveryRowOnce(Subject subject)
    {
        // 7 rows in batches of 3: two full ones and a last one of one row.
        FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Range(0, 7).Select(r => (float[])[r / 7f, 1 - r / 7f]));
        var reports = new List<TrainingProgress>();
        Detector detector = subject.FitNetworks(rows, options =>
        {
            options.BatchSize = 3;
            options.Progress = new Listener(reports.Add);
        }, steps: 6);

        // A method that holds rows out trains on six of the seven, in two batches.
        int epochs = detector.HeldOutShare(rows.Rows) > 0 ? 3 : 2;
        Assert.All(reports.Where(report => report.Warning is null).GroupBy(report => report.Phase), phase => Assert.Equal(epochs, phase.Count(report => report.EndOfEpoch)));
    }

    private static void WrongShapes(Subject subject)
    {
        Assert.Contains("no training rows", Assert.Throws<InvalidOperationException>(() => subject.Fit(new FeatureMatrix(4))).Message);
        Assert.Contains("one training row", Assert.Throws<InvalidOperationException>(() => subject.Fit(FeatureMatrix.FromRows([[0.5f, 0.5f]]))).Message);
        Assert.Throws<ArgumentException>(() => subject.Fitted.Score(new FeatureMatrix(subject.Set.Training.Columns + 1)));
        Assert.Throws<ArgumentException>(() => subject.Fitted.CreateScorer().Score(new float[subject.Set.Training.Columns - 1]));
        Detector other = subject.Create(subject.Options(), subject.Set.Training.Columns + 1);
        Assert.Throws<ArgumentException>(() => other.Fit(subject.Set.Training));
        Assert.Throws<InvalidOperationException>(() => other.Score(new FeatureMatrix(subject.Set.Training.Columns + 1)));
    }

    private static void Contamination(Subject subject)
    {
        SimulatedSet set = subject.Set;
        float[][] clean = SimulatedSet.Rows(set.Training);
        float[][] anomalies = [.. SimulatedSet.Rows(SimulatedSet.Clusters(77).Test).TakeLast(60)];
        double Auc(int share) => Enumerable.Range(1, 3).Average(seed =>
            AnomalyMetrics.Evaluate(subject.Fit(FeatureMatrix.FromRows(clean.Concat(anomalies.Take(clean.Length * share / 100))),
                options => options.Seed = seed, steps: 600, set.Known).Score(set.Test), set.Anomalous).RocAuc);
        double pure = Auc(0);
        Assert.True(Auc(5) > pure - 0.2 && Auc(10) > pure - 0.3, $"AUC falls from {pure:F3} to {Auc(5):F3} with 5 % and to {Auc(10):F3} with 10 % anomalies.");
    }

    private static void NoAnomalies(Subject subject)
    {
        float[] scores = subject.Fitted.Score(subject.Set.Training);
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, new bool[scores.Length], subject.Fitted.Threshold);
        Assert.True(double.IsNaN(metrics.RocAuc) && metrics.Precision == 0);
    }
}
