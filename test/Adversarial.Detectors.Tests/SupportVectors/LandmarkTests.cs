using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

public class LandmarkTests
{
    private const int Columns = 6;
    private const int Rows = 3000;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void A_border_of_one_class_by_landmarks_ranks_as_the_exact_one(double nu)
    {
        FeatureMatrix rows = Normal(1), test = Test();
        var options = new OneClassSvmOptions { Seed = 3, Nu = nu, OutOfRangeWeight = 0 };
        float[] exact = Scores(new OneClassSvmDetector(options, Columns), rows, null, test);
        float[] approximate = Scores(new OneClassSvmDetector(Changed(options, o => o.NumberOfLandmarks = 300), Columns), rows, null, test);
        ShouldAgree(exact, approximate);
        // The scale is the exact one's too: a border is worth nothing where 0 is not on it.
        double above = Enumerable.Range(0, 1000).Count(i => approximate[i] > 0);
        Assert.InRange(above, 1000 * (nu - 0.06), 1000 * (nu + 0.06));
    }

    [Fact]
    public void A_border_of_two_classes_by_landmarks_ranks_as_the_exact_one()
    {
        FeatureMatrix rows = Normal(1), known = Anomalous(2, 60), test = Test();
        var options = new CostSensitiveSvmOptions { Seed = 3, OutOfRangeWeight = 0 };
        float[] exact = Scores(new CostSensitiveSvmDetector(options, Columns), rows, known, test);
        float[] approximate = Scores(new CostSensitiveSvmDetector(Changed(options, o => o.NumberOfLandmarks = 300), Columns), rows, known, test);
        // Few anomalies leave much of the border to the length of the descent.
        ShouldAgree(exact, approximate, correlation: 0.96);
    }

    [Fact]
    public void All_rows_are_learned_from_where_the_exact_border_draws_some()
    {
        var options = new OneClassSvmOptions { Seed = 3, NumberOfLandmarks = 100, MaximumKeptRows = 150 };
        var notes = new List<string>();
        options.Progress = new Notes(notes);
        new OneClassSvmDetector(options, Columns).Fit(Normal(1));
        Assert.Empty(notes);
        options.NumberOfLandmarks = null;
        new OneClassSvmDetector(options, Columns).Fit(Normal(1));
        Assert.Contains("MaximumKeptRows", Assert.Single(notes));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(2001)]
    public void Numbers_of_landmarks_out_of_range_are_refused_by_name(int landmarks)
    {
        foreach (DetectorOptions options in new DetectorOptions[]
        {
            new OneClassSvmOptions { NumberOfLandmarks = landmarks },
            new CostSensitiveSvmOptions { NumberOfLandmarks = landmarks },
        })
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(options.Validate).Message;
            Assert.Contains("NumberOfLandmarks", message);
            Assert.Contains("10 to 2,000", message);
        }
    }

    private static void ShouldAgree(float[] exact, float[] approximate, double correlation = 0.98)
    {
        double difference = Auc(exact) - Auc(approximate), found = Correlation(exact, approximate);
        Assert.True(Math.Abs(difference) < 0.01 && found > correlation, $"ROC-AUC {difference:F4} less, correlation {found:F4}.");
    }

    private static double Auc(float[] scores) => AnomalyMetrics.Evaluate(scores, [.. scores.Select((_, i) => i >= 1000)]).RocAuc;

    private static double Correlation(float[] x, float[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), product = 0, squaresX = 0, squaresY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            (product, squaresX, squaresY) = (product + dx * dy, squaresX + dx * dx, squaresY + dy * dy);
        }

        return product / Math.Sqrt(squaresX * squaresY);
    }

    private static float[] Scores(Detector detector, FeatureMatrix rows, FeatureMatrix? known, FeatureMatrix test)
    {
        detector.Fit(rows, known);
        return detector.Score(test);
    }

    private static FeatureMatrix Test() => FeatureMatrix.FromRows(RowsOf(Normal(7)).Take(1000).Concat(RowsOf(Anomalous(8, 500))));

    private static IEnumerable<float[]> RowsOf(FeatureMatrix matrix) => Enumerable.Range(0, matrix.Rows).Select(r => matrix[r].ToArray());

    // Two bent clouds, and rows between and around them.
    private static FeatureMatrix Normal(int seed)
    {
        float[] noise = new float[Rows * Columns];
        RandomFill.Normal(new RandomStream((uint)seed, 1, 0), 0, noise, 0, 1);
        return FeatureMatrix.FromRows(Enumerable.Range(0, Rows).Select(r =>
        {
            float[] row = noise[(r * Columns)..((r + 1) * Columns)];
            row[1] = row[0] * row[0] + row[1] / 3;
            row[2] = row[2] / 4 + (r % 2 == 0 ? 2 : -2);
            return row;
        }));
    }

    private static FeatureMatrix Anomalous(int seed, int rows)
    {
        float[] noise = new float[rows * Columns];
        RandomFill.Normal(new RandomStream((uint)seed, 2, 0), 0, noise, 0, 2);
        return FeatureMatrix.FromRows(Enumerable.Range(0, rows).Select(r => noise[(r * Columns)..((r + 1) * Columns)]));
    }

    private static TOptions Changed<TOptions>(TOptions options, Action<TOptions> change)
        where TOptions : DetectorOptions
    {
        var copy = (TOptions)options.Clone();
        change(copy);
        return copy;
    }

    private sealed class Notes(List<string> notes) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Warning is { } warning)
                notes.Add(warning);
        }
    }
}
