namespace Adversarial.Detectors;

/// <summary>
/// Quality of scores against labels. What is not defined (one class only, nothing flagged) is NaN, not an exception. Equal scores are one
/// group: the order of rows does not matter.
/// </summary>
public sealed record AnomalyMetrics
{
    /// <summary>Area under the ROC curve; ties count one half.</summary>
    public double RocAuc { get; private init; } = double.NaN;

    /// <summary>Average precision: sum over distinct scores of (change of recall) * precision.</summary>
    public double AveragePrecision { get; private init; } = double.NaN;

    /// <summary>Flagged anomalies / flagged rows.</summary>
    public double Precision { get; private init; } = double.NaN;

    /// <summary>Flagged anomalies / anomalies.</summary>
    public double Recall { get; private init; } = double.NaN;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 { get; private init; } = double.NaN;

    /// <summary>Share of the anomalies that score higher than all but k normal rows.</summary>
    public double DetectionRate { get; private init; } = double.NaN;

    /// <summary>The k of <see cref="DetectionRate"/>.</summary>
    public int FalsePositiveCount { get; private init; }

    /// <summary>Share of the anomalies that score higher than all but the share <see cref="FalseAlarmRate"/> of the normal rows, rounded down.</summary>
    public double DetectionRateAtFalseAlarmRate { get; private init; } = double.NaN;

    /// <summary>The share of <see cref="DetectionRateAtFalseAlarmRate"/>.</summary>
    public double FalseAlarmRate { get; private init; }

    /// <summary>Flagged anomalies. This and the other three counts are 0 where neither a threshold nor flags are given.</summary>
    public int TruePositives { get; private init; }

    /// <summary>Flagged normal rows.</summary>
    public int FalsePositives { get; private init; }

    /// <summary>Normal rows that are not flagged.</summary>
    public int TrueNegatives { get; private init; }

    /// <summary>Anomalies that are not flagged.</summary>
    public int FalseNegatives { get; private init; }

    /// <summary>Share of anomalies among the rows.</summary>
    public double BaseRate { get; private init; } = double.NaN;

    /// <summary>Rows that count.</summary>
    public int Rows { get; private init; }

    /// <summary>Rows left out because their score is not finite.</summary>
    public int SkippedRows { get; private init; }

    /// <summary>Rows that count though their score is NaN.</summary>
    public int MissingScores { get; private init; }

    /// <summary>Computes all metrics by a threshold. Rows whose score is not finite are left out and counted.</summary>
    /// <param name="scores">Higher is more anomalous.</param>
    /// <param name="anomalous">The truth, as many as scores.</param>
    /// <param name="threshold">Rows above it are flagged; NaN: nothing is said of flags.</param>
    /// <param name="falsePositiveCount">False positives allowed for <see cref="DetectionRate"/>, at least 0.</param>
    /// <param name="falseAlarmRate">Share of the normal rows allowed for <see cref="DetectionRateAtFalseAlarmRate"/>, in [0, 1].</param>
    public static AnomalyMetrics Evaluate(ReadOnlySpan<float> scores, ReadOnlySpan<bool> anomalous, float threshold = float.NaN,
        int falsePositiveCount = 10, double falseAlarmRate = 0.01)
    {
        Require(scores.Length, anomalous.Length, "labels", nameof(anomalous));
        var rows = new List<Row>(scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsFinite(scores[i]))
                rows.Add(new Row(scores[i], anomalous[i], scores[i] > threshold));
        }

        return Compute(rows, !float.IsNaN(threshold), falsePositiveCount, falseAlarmRate) with { SkippedRows = scores.Length - rows.Count };
    }

    /// <summary>
    /// Computes all metrics by the flags that a model gave. No row is left out: one whose score is NaN counts by its flag, and among the
    /// ranks it stands at the top (as infinity does) if it is flagged, at the bottom if not.
    /// </summary>
    /// <param name="scores">Higher is more anomalous.</param>
    /// <param name="anomalous">The truth, as many as scores.</param>
    /// <param name="flagged">What the model says, as many as scores.</param>
    /// <param name="falsePositiveCount">False positives allowed for <see cref="DetectionRate"/>, at least 0.</param>
    /// <param name="falseAlarmRate">Share of the normal rows allowed for <see cref="DetectionRateAtFalseAlarmRate"/>, in [0, 1].</param>
    public static AnomalyMetrics EvaluateFlagged(ReadOnlySpan<float> scores, ReadOnlySpan<bool> anomalous, ReadOnlySpan<bool> flagged,
        int falsePositiveCount = 10, double falseAlarmRate = 0.01)
    {
        Require(scores.Length, anomalous.Length, "labels", nameof(anomalous));
        Require(scores.Length, flagged.Length, "flags", nameof(flagged));
        var rows = new List<Row>(scores.Length);
        int missing = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool isMissing = float.IsNaN(scores[i]);
            missing += isMissing ? 1 : 0;
            float extreme = flagged[i] ? float.PositiveInfinity : float.NegativeInfinity;
            rows.Add(new Row(isMissing ? extreme : scores[i], anomalous[i], flagged[i]));
        }

        return Compute(rows, true, falsePositiveCount, falseAlarmRate) with { MissingScores = missing };
    }

    private static void Require(int scores, int others, string what, string parameter)
    {
        if (scores != others)
            throw new ArgumentException($"There are {scores} scores and {others} {what}.", parameter);
    }

    private readonly record struct Row(float Score, bool Anomalous, bool Flagged);

    private static AnomalyMetrics Compute(List<Row> ranked, bool hasFlags, int falsePositiveCount, double falseAlarmRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(falsePositiveCount);
        if (falseAlarmRate is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(falseAlarmRate), falseAlarmRate, "The false-alarm rate must be in [0, 1].");
        ranked.Sort((a, b) => b.Score.CompareTo(a.Score));
        int positives = ranked.Count(row => row.Anomalous);
        int negatives = ranked.Count - positives;
        int flagged = hasFlags ? ranked.Count(row => row.Flagged) : 0;
        int hits = hasFlags ? ranked.Count(row => row.Flagged && row.Anomalous) : 0;
        double precision = flagged == 0 ? double.NaN : (double)hits / flagged;
        double recall = positives == 0 || !hasFlags ? double.NaN : (double)hits / positives;
        (double auc, double averagePrecision) = RankMetrics(ranked, positives, negatives);
        return new AnomalyMetrics
        {
            RocAuc = auc,
            AveragePrecision = averagePrecision,
            Precision = precision,
            Recall = recall,
            F1 = hits == 0 ? (flagged > 0 && positives > 0 ? 0 : double.NaN) : 2 * precision * recall / (precision + recall),
            DetectionRate = DetectionRateAt(ranked, positives, falsePositiveCount),
            FalsePositiveCount = falsePositiveCount,
            DetectionRateAtFalseAlarmRate = DetectionRateAt(ranked, positives, AllowedFalseAlarms(falseAlarmRate, negatives)),
            FalseAlarmRate = falseAlarmRate,
            TruePositives = hits,
            FalsePositives = flagged - hits,
            TrueNegatives = hasFlags ? negatives - (flagged - hits) : 0,
            FalseNegatives = hasFlags ? positives - hits : 0,
            BaseRate = ranked.Count == 0 ? double.NaN : (double)positives / ranked.Count,
            Rows = ranked.Count,
        };
    }

    // 0.29 * 100 is 28.999999999999996: what is meant are 29 rows.
    private static int AllowedFalseAlarms(double rate, int negatives) => (int)Math.Floor(rate * negatives + 1e-9);

    private static (double Auc, double AveragePrecision) RankMetrics(List<Row> ranked, int positives, int negatives)
    {
        double pairs = 0;
        double averagePrecision = 0;
        long truePositives = 0;
        long falsePositives = 0;
        for (int start = 0; start < ranked.Count;)
        {
            int end = start;
            long tiedPositives = 0;
            for (; end < ranked.Count && ranked[end].Score == ranked[start].Score; end++)
                tiedPositives += ranked[end].Anomalous ? 1 : 0;
            long tiedNegatives = end - start - tiedPositives;
            pairs += tiedNegatives * (truePositives + tiedPositives / 2.0);
            truePositives += tiedPositives;
            falsePositives += tiedNegatives;
            averagePrecision += tiedPositives * ((double)truePositives / (truePositives + falsePositives));
            start = end;
        }

        return (positives == 0 || negatives == 0 ? double.NaN : pairs / positives / negatives,
            positives == 0 ? double.NaN : averagePrecision / positives);
    }

    private static double DetectionRateAt(List<Row> ranked, int positives, int allowed)
    {
        if (positives == 0)
            return double.NaN;

        // An anomaly that ties with the first normal row beyond the limit does not count: the order of ties must not matter.
        int falsePositives = 0;
        foreach (Row limit in ranked)
        {
            if (!limit.Anomalous && ++falsePositives > allowed)
                return (double)ranked.Count(row => row.Anomalous && row.Score > limit.Score) / positives;
        }

        return 1;
    }
}
