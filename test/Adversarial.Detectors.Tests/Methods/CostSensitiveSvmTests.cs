namespace Adversarial.Detectors.Tests;

public class CostSensitiveSvmTests
{
    private static FeatureMatrix Rows(int seed, int count, float shift)
    {
        var random = new Random(seed);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => (float[])[random.NextSingle() + shift, random.NextSingle(), random.NextSingle() - shift]));
    }

    private static Detector Fit(Action<CostSensitiveSvmOptions> change, FeatureMatrix normal, FeatureMatrix anomalies)
    {
        var options = new CostSensitiveSvmOptions { Seed = 1, NumberOfThreads = 1 };
        change(options);
        Detector detector = DetectorRegistry.For(options).Create(options, normal.Columns);
        detector.Fit(normal, anomalies);
        return detector;
    }

    // Classes that overlap: what is on the anomalies' side of the border grows with their weight.
    [Fact]
    public void Heavier_anomalies_have_more_rows_on_their_side()
    {
        FeatureMatrix normal = Rows(1, 200, 0), anomalies = Rows(2, 10, 0.5f), test = Rows(3, 200, 0.5f);
        int Positive(double? weight) => Fit(options => options.AnomalyWeight = weight, normal, anomalies).Score(test).Count(score => score > 0);
        int light = Positive(1), balanced = Positive(null), heavy = Positive(100);
        Assert.True(light < balanced && light < heavy, $"{light}, {balanced}, {heavy}");
    }

    [Fact]
    public void Of_more_rows_some_are_drawn_and_half_may_be_anomalies()
    {
        FeatureMatrix normal = Rows(1, 100, 0), anomalies = Rows(2, 80, 0.8f);
        Detector first = Fit(options => options.MaximumKeptRows = 40, normal, anomalies);
        Detector second = Fit(options => (options.MaximumKeptRows, options.Seed) = (40, 2), normal, anomalies);
        Assert.NotEqual(first.Score(normal), second.Score(normal));
        float[] scores = [.. first.Score(Rows(3, 50, 0)), .. first.Score(Rows(4, 50, 0.8f))];
        Assert.InRange(AnomalyMetrics.Evaluate(scores, [.. scores.Select((_, i) => i >= 50)]).RocAuc, 0.9, 1);
    }

    [Fact]
    public void Rows_on_the_wrong_side_have_all_their_cost_and_the_factors_sum_up_to_0()
    {
        var random = new Random(6);
        const int Count = 30;
        double[] costs = [.. Enumerable.Range(0, Count).Select(i => i < 24 ? -0.5 : 2.0)];
        var values = new float[Count * 2];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextSingle();
        KeptRows rows = KeptRows.Of(values, 2);
        var kernel = new float[Count * Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
                kernel[i * Count + j] = (float)Math.Exp(-Adversarial.Numerics.RowDistance.SquaredEuclidean(rows[i], rows[j]));
        }

        SupportVectorSolver solver = SupportVectorSolver.TwoClasses(kernel, costs);
        solver.Solve(1e-6, _ => { });
        double[] factors = solver.Multipliers.ToArray();
        double offset = solver.Offset();
        Assert.Equal(0, factors.Sum(), 1e-9);
        for (int i = 0; i < Count; i++)
        {
            int row = i;
            double sign = Math.Sign(costs[i]), margin = sign * (Enumerable.Range(0, Count).Sum(j => factors[j] * kernel[row * Count + j]) - offset);
            Assert.InRange(sign * factors[i], 0, Math.Abs(costs[i]));
            if (margin < 1 - 1e-4)
                Assert.Equal(costs[i], factors[i], 1e-9);
            else if (margin > 1 + 1e-4)
                Assert.Equal(0, factors[i], 1e-9);
        }
    }
}
