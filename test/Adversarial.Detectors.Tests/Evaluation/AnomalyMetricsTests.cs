namespace Adversarial.Detectors.Tests;

/// <summary>The metrics equal what their definitions say, computed pair by pair and threshold by threshold.</summary>
public class AnomalyMetricsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    // Few levels make many ties.
    private static (float[] Scores, bool[] Anomalous) Draw(int seed)
    {
        var random = new Random(seed);
        int rows = random.Next(4, 60);
        int levels = seed % 3 == 0 ? 1000 : random.Next(2, 8);
        float[] scores = [.. Enumerable.Range(0, rows).Select(_ => random.Next(levels) / 7f - 0.5f)];
        bool[] anomalous = [.. scores.Select((score, i) => i == 0 || (i != 1 && random.NextDouble() < 0.3 + 0.2 * score))];
        return (scores, anomalous);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? double.NaN : part / whole;

    private static int Count(float[] scores, bool[] anomalous, Func<float, bool, bool> predicate) =>
        scores.Zip(anomalous).Count(row => predicate(row.First, row.Second));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Roc_auc_counts_ordered_pairs(int seed)
    {
        (float[] scores, bool[] anomalous) = Draw(seed);
        var pairs = from a in Enumerable.Range(0, scores.Length)
                    from n in Enumerable.Range(0, scores.Length)
                    where anomalous[a] && !anomalous[n]
                    select scores[a] > scores[n] ? 1.0 : scores[a] == scores[n] ? 0.5 : 0;
        Assert.Equal(pairs.Average(), AnomalyMetrics.Evaluate(scores, anomalous).RocAuc, 12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Average_precision_sums_over_thresholds(int seed)
    {
        (float[] scores, bool[] anomalous) = Draw(seed);
        int positives = anomalous.Count(label => label);
        double expected = 0;
        foreach (float level in scores.Distinct())
        {
            double precision = (double)Count(scores, anomalous, (s, a) => a && s >= level) / scores.Count(s => s >= level);
            expected += precision * Count(scores, anomalous, (s, a) => a && s == level) / positives;
        }

        Assert.Equal(expected, AnomalyMetrics.Evaluate(scores, anomalous).AveragePrecision, 12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Threshold_metrics_count_rows_strictly_above(int seed)
    {
        (float[] scores, bool[] anomalous) = Draw(seed);
        float threshold = scores[seed % scores.Length];
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, anomalous, threshold);
        double hits = Count(scores, anomalous, (s, a) => a && s > threshold);
        double flagged = scores.Count(s => s > threshold);
        double positives = anomalous.Count(label => label);
        Assert.Equal(Ratio(hits, flagged), metrics.Precision);
        Assert.Equal(hits / positives, metrics.Recall);
        Assert.Equal(flagged == 0 ? double.NaN : 2 * hits / (flagged + positives), metrics.F1, 12);
        Assert.Equal(positives / scores.Length, metrics.BaseRate);
        Assert.Equal((scores.Length, 0), (metrics.Rows, metrics.SkippedRows));
        Assert.Equal((hits, flagged - hits), (metrics.TruePositives, metrics.FalsePositives));
        Assert.Equal((scores.Length - positives - (flagged - hits), positives - hits), (metrics.TrueNegatives, metrics.FalseNegatives));

        // The same rows, flagged one by one.
        Assert.Equal(metrics, AnomalyMetrics.EvaluateFlagged(scores, anomalous, Array.ConvertAll(scores, s => s > threshold)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Detection_rate_at_a_false_alarm_rate_allows_a_share_of_the_normal_rows(int seed)
    {
        (float[] scores, bool[] anomalous) = Draw(seed);
        int normal = anomalous.Count(label => !label);
        for (int allowed = 0; allowed <= normal; allowed++)
        {
            // As a share that falls on the row, and between it and the next.
            foreach (double rate in (double[])[(double)allowed / normal, Math.Min(1, (allowed + 0.5) / normal)])
            {
                AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, anomalous, falsePositiveCount: allowed, falseAlarmRate: rate);
                Assert.Equal((metrics.DetectionRate, rate), (metrics.DetectionRateAtFalseAlarmRate, metrics.FalseAlarmRate));
            }
        }
    }

    [Fact]
    public void A_share_of_rows_is_not_rounded_off()
    {
        // 0.29 * 100 is below 29 in floating point: the 29th normal row is allowed all the same.
        float[] scores = [.. Enumerable.Range(0, 100).Select(r => 100f - r), 71.5f];
        bool[] anomalous = [.. new bool[100], true];
        Assert.Equal(1, AnomalyMetrics.Evaluate(scores, anomalous, falseAlarmRate: 0.29).DetectionRateAtFalseAlarmRate);
        Assert.Equal(0, AnomalyMetrics.Evaluate(scores, anomalous, falseAlarmRate: 0.28).DetectionRateAtFalseAlarmRate);
    }

    [Fact]
    public void Missing_scores_stand_where_their_flags_say()
    {
        float[] scores = [float.NaN, 0.9f, float.NaN, float.PositiveInfinity];
        bool[] anomalous = [true, false, false, true];
        AnomalyMetrics right = AnomalyMetrics.EvaluateFlagged(scores, anomalous, [true, false, false, true], falsePositiveCount: 0);
        Assert.Equal((1, 1, 1, 1), (right.RocAuc, right.Precision, right.Recall, right.DetectionRate));
        Assert.Equal((4, 2, 0), (right.Rows, right.MissingScores, right.SkippedRows));

        // Pairs: the anomaly at the bottom ties with none and beats none; infinity beats 0.9 and ties with NaN at the top.
        AnomalyMetrics wrong = AnomalyMetrics.EvaluateFlagged(scores, anomalous, [false, false, true, true], falsePositiveCount: 0);
        Assert.Equal((1.5 / 4, 0.5, 0.5, 0), (wrong.RocAuc, wrong.Precision, wrong.Recall, wrong.DetectionRate));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Detection_rate_counts_anomalies_that_beat_all_but_k_normal_rows(int seed)
    {
        (float[] scores, bool[] anomalous) = Draw(seed);
        foreach (int k in (int[])[0, 1, 3, 100])
        {
            double found = Count(scores, anomalous, (s, a) => a && Count(scores, anomalous, (other, b) => !b && other >= s) <= k);
            AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, anomalous, falsePositiveCount: k);
            Assert.Equal(found / anomalous.Count(label => label), metrics.DetectionRate, 12);
            Assert.Equal(k, metrics.FalsePositiveCount);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_rows_does_not_matter(int seed)
    {
        (float[] scores, bool[] anomalous) = Draw(seed);
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        new Random(seed).Shuffle(order);
        Assert.Equal(
            AnomalyMetrics.Evaluate(scores, anomalous, 0, 2),
            AnomalyMetrics.Evaluate([.. order.Select(i => scores[i])], [.. order.Select(i => anomalous[i])], 0, 2));
    }

    [Fact]
    public void One_class_alone_leaves_the_rest_undefined()
    {
        AnomalyMetrics normal = AnomalyMetrics.Evaluate([1, 2, 3], [false, false, false], 1.5f);
        Assert.True(double.IsNaN(normal.RocAuc) && double.IsNaN(normal.AveragePrecision) && double.IsNaN(normal.Recall)
            && double.IsNaN(normal.F1) && double.IsNaN(normal.DetectionRate));
        Assert.Equal((0, 0), (normal.Precision, normal.BaseRate));

        AnomalyMetrics anomalous = AnomalyMetrics.Evaluate([1, 2, 3], [true, true, true], 1.5f);
        Assert.True(double.IsNaN(anomalous.RocAuc));
        Assert.Equal((1, 1, 1, 1), (anomalous.AveragePrecision, anomalous.Precision, anomalous.DetectionRate, anomalous.BaseRate));
        Assert.Equal(2 / 3.0, anomalous.Recall);

        AnomalyMetrics none = AnomalyMetrics.Evaluate([], []);
        Assert.True(none.Rows == 0 && double.IsNaN(none.BaseRate) && double.IsNaN(none.RocAuc));
    }

    [Fact]
    public void Scores_that_are_not_finite_are_left_out_and_counted()
    {
        float[] scores = [float.NaN, 0.1f, 0.9f, float.PositiveInfinity, 0.4f, float.NegativeInfinity];
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, [true, false, true, false, false, true], 0.5f);
        Assert.Equal((3, 3), (metrics.Rows, metrics.SkippedRows));
        Assert.Equal((1, 1, 1, 1), (metrics.RocAuc, metrics.Precision, metrics.Recall, metrics.F1));
    }

    [Fact]
    public void Without_a_threshold_nothing_is_said_of_one()
    {
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate([1, 2], [false, true]);
        Assert.True(double.IsNaN(metrics.Precision) && double.IsNaN(metrics.Recall) && double.IsNaN(metrics.F1));
        Assert.Equal((0, 0, 0, 0), (metrics.TruePositives, metrics.FalsePositives, metrics.TrueNegatives, metrics.FalseNegatives));
        Assert.Equal(1, metrics.RocAuc);
    }

    [Fact]
    public void A_threshold_that_flags_normal_rows_only_has_f1_of_zero()
    {
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate([3, 1], [false, true], 2);
        Assert.Equal((0, 0, 0), (metrics.Precision, metrics.Recall, metrics.F1));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AnomalyMetrics.Evaluate([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => AnomalyMetrics.EvaluateFlagged([1, 2], [true, false], [true]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnomalyMetrics.Evaluate([1], [true], 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnomalyMetrics.Evaluate([1], [true], falseAlarmRate: 1.5));
    }
}
