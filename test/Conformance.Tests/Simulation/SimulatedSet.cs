using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Simulated tables with planted anomalies: what the suite can always run on.</summary>
/// <param name="Name">Shown in reports.</param>
/// <param name="Training">Normal rows.</param>
/// <param name="Test">Normal and anomalous rows.</param>
/// <param name="Anomalous">Which test rows are anomalies.</param>
/// <param name="Known">Anomalies for methods that learn from some.</param>
public sealed record SimulatedSet(string Name, FeatureMatrix Training, FeatureMatrix Test, bool[] Anomalous, FeatureMatrix Known)
{
    private const int TrainingRows = 600;
    private const int TestRows = 200;
    private const int Anomalies = 60;
    private const int KnownAnomalies = 40;

    /// <summary>Two clusters of correlated features; anomalies lie between and around them.</summary>
    public static SimulatedSet Clusters(int seed = 1) => Make("clusters", seed, 6, (random, row, anomalous) =>
    {
        double centre = random.Next(2) == 0 ? 0.3 : 0.7;
        double common = 0.05 * Gaussian(random);
        for (int c = 0; c < row.Length; c++)
            row[c] = Unit(anomalous ? random.NextDouble() : centre + common + 0.02 * Gaussian(random));
    });

    /// <summary>Eight features on a curve of one dimension; anomalies break the relation of the features.</summary>
    public static SimulatedSet Curve(int seed = 2) => Make("curve", seed, 8, (random, row, anomalous) =>
    {
        for (int c = 0; c < row.Length; c++)
        {
            double t = anomalous || c == 0 ? random.NextDouble() : row[0];
            row[c] = c == 0 ? (float)t : Unit(0.5 + 0.4 * Math.Sin(c + 3 * t) + 0.01 * Gaussian(random));
        }
    });

    /// <summary>A one-hot group that decides the level of three numbers; anomalies have another group's level.</summary>
    public static SimulatedSet Mixed(int seed = 3) => Make("mixed", seed, 7, (random, row, anomalous) =>
    {
        int group = random.Next(4);
        int level = anomalous ? (group + 1 + random.Next(3)) % 4 : group;
        row[group] = 1;
        for (int c = 4; c < row.Length; c++)
            row[c] = Unit(0.2 + 0.2 * level + 0.03 * Gaussian(random));
    });

    /// <summary>The three sets, drawn with a seed.</summary>
    public static IReadOnlyList<SimulatedSet> All(int seed = 0) => [Clusters(3 * seed + 1), Curve(3 * seed + 2), Mixed(3 * seed + 3)];

    /// <summary>Rows given as an array.</summary>
    public static float[][] Rows(FeatureMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(r => matrix[r].ToArray())];

    /// <summary>The same table with each row changed.</summary>
    public static FeatureMatrix Map(FeatureMatrix matrix, Func<float[], float[]> change) => FeatureMatrix.FromRows(Rows(matrix).Select(change));

    private static SimulatedSet Make(string name, int seed, int columns, Action<Random, float[], bool> fill)
    {
        var random = new Random(seed);
        float[] Row(bool anomalous)
        {
            var row = new float[columns];
            fill(random, row, anomalous);
            return row;
        }

        float[][] training = [.. Enumerable.Range(0, TrainingRows).Select(_ => Row(false))];
        bool[] anomalous = [.. Enumerable.Range(0, TestRows + Anomalies).Select(i => i >= TestRows)];
        return new SimulatedSet(name, FeatureMatrix.FromRows(training), FeatureMatrix.FromRows(anomalous.Select(Row)), anomalous,
            FeatureMatrix.FromRows(Enumerable.Range(0, KnownAnomalies).Select(_ => Row(true))));
    }

    /// <summary>Anomalies for any table: rows whose features come from different rows.</summary>
    public static FeatureMatrix Scrambled(FeatureMatrix rows)
    {
        var random = new Random(5);
        return FeatureMatrix.FromRows(Enumerable.Range(0, KnownAnomalies)
            .Select(_ => Enumerable.Range(0, rows.Columns).Select(c => rows[random.Next(rows.Rows)][c]).ToArray()));
    }

    private static float Unit(double value) => (float)Math.Clamp(value, 0, 1);

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
