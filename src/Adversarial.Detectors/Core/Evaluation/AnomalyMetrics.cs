namespace Adversarial.Detectors;

/// <summary>
/// Quality of scores against labels. What is not defined (one class only, nothing flagged) is NaN, not an exception. Rows whose score is
/// not finite are left out and counted.
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

    /// <summary>Share of anomalies among the rows.</summary>
    public double BaseRate { get; private init; } = double.NaN;

    /// <summary>Rows that count.</summary>
    public int Rows { get; private init; }

    /// <summary>Rows left out because their score is not finite.</summary>
    public int SkippedRows { get; private init; }

    /// <summary>Computes all metrics.</summary>
    /// <param name="scores">Higher is more anomalous.</param>
    /// <param name="anomalous">The truth, as many as scores.</param>
    /// <param name="threshold">Rows above it are flagged.</param>
    /// <param name="falsePositiveCount">False positives allowed for <see cref="DetectionRate"/>, at least 0.</param>
    public static AnomalyMetrics Evaluate(ReadOnlySpan<float> scores, ReadOnlySpan<bool> anomalous, float threshold = float.NaN, int falsePositiveCount = 10)
    {
        if (scores.Length != anomalous.Length)
            throw new ArgumentException($"There are {scores.Length} scores and {anomalous.Length} labels.", nameof(anomalous));
        ArgumentOutOfRangeException.ThrowIfNegative(falsePositiveCount);
        var ranked = new List<(float Score, bool Anomalous)>(scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsFinite(scores[i]))
                ranked.Add((scores[i], anomalous[i]));
        }

        ranked.Sort((a, b) => b.Score.CompareTo(a.Score));
        long positives = ranked.Count(row => row.Anomalous);
        long negatives = ranked.Count - positives;
        long flagged = ranked.Count(row => row.Score > threshold);
        long hits = ranked.Count(row => row.Score > threshold && row.Anomalous);
        double precision = flagged == 0 ? double.NaN : (double)hits / flagged;
        double recall = positives == 0 || float.IsNaN(threshold) ? double.NaN : (double)hits / positives;
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
            BaseRate = ranked.Count == 0 ? double.NaN : (double)positives / ranked.Count,
            Rows = ranked.Count,
            SkippedRows = scores.Length - ranked.Count,
        };
    }

    private static (double Auc, double AveragePrecision) RankMetrics(List<(float Score, bool Anomalous)> ranked, long positives, long negatives)
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

    private static double DetectionRateAt(List<(float Score, bool Anomalous)> ranked, long positives, int allowed)
    {
        if (positives == 0)
            return double.NaN;

        // An anomaly that ties with the first normal row beyond the limit does not count: the order of ties must not matter.
        float limit = float.NegativeInfinity;
        int falsePositives = 0;
        foreach ((float score, bool anomalous) in ranked)
        {
            if (anomalous || ++falsePositives <= allowed)
                continue;
            limit = score;
            break;
        }

        return (double)ranked.Count(row => row.Anomalous && row.Score > limit) / positives;
    }
}
