using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Quality of scores by every measure that one of the papers prints.</summary>
internal sealed record Measures
{
    /// <summary>Share of the test rows that ALAD flags.</summary>
    private const double FlaggedShare = 0.2;

    public required double RocAuc { get; init; }

    public required double AveragePrecision { get; init; }

    /// <summary>Area under the precision-recall curve by trapezoids.</summary>
    public required double CurveArea { get; init; }

    /// <summary>With the detector's threshold, a quantile of the training scores.</summary>
    public required double Precision { get; init; }

    /// <summary>With the detector's threshold.</summary>
    public required double Recall { get; init; }

    /// <summary>With the detector's threshold.</summary>
    public required double F1 { get; init; }

    /// <summary>With the 80th percentile of the test scores as threshold.</summary>
    public required double TopPrecision { get; init; }

    /// <summary>With the 80th percentile of the test scores as threshold.</summary>
    public required double TopRecall { get; init; }

    /// <summary>With the 80th percentile of the test scores as threshold.</summary>
    public required double TopF1 { get; init; }

    /// <summary>The greatest F1 of any threshold.</summary>
    public required double BestF1 { get; init; }

    /// <summary>Share of rows that are right at the threshold of <see cref="BestF1"/>.</summary>
    public required double BestAccuracy { get; init; }

    /// <summary>Test rows whose score is not finite.</summary>
    public required int SkippedRows { get; init; }

    public static Measures Of(Scored scored)
    {
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scored.Scores, scored.Labels, scored.Threshold);
        // At least the percentile, not above it: so does the authors' code.
        AnomalyMetrics top = AnomalyMetrics.Evaluate(scored.Scores, scored.Labels, MathF.BitDecrement(Percentile(scored.Scores, 1 - FlaggedShare)));
        (double area, double bestF1, double bestAccuracy) = Curve(scored.Scores, scored.Labels);
        return new Measures
        {
            RocAuc = metrics.RocAuc,
            AveragePrecision = metrics.AveragePrecision,
            CurveArea = area,
            Precision = metrics.Precision,
            Recall = metrics.Recall,
            F1 = metrics.F1,
            TopPrecision = top.Precision,
            TopRecall = top.Recall,
            TopF1 = top.F1,
            BestF1 = bestF1,
            BestAccuracy = bestAccuracy,
            SkippedRows = metrics.SkippedRows,
        };
    }

    /// <summary>Quantile with linear interpolation between neighbours.</summary>
    private static float Percentile(float[] values, double share)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        if (sorted.Length == 0)
            return float.NaN;
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        // Rounded up: a threshold between two scores must not take in the lower one.
        double value = sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]);
        var rounded = (float)value;
        return rounded < value ? MathF.BitIncrement(rounded) : rounded;
    }

    private static (double Area, double BestF1, double BestAccuracy) Curve(float[] scores, bool[] labels)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).Where(i => float.IsFinite(scores[i])).OrderByDescending(i => scores[i])];
        int positives = order.Count(i => labels[i]);
        if (positives == 0)
            return (double.NaN, double.NaN, double.NaN);
        double area = 0, bestF1 = 0, bestAccuracy = double.NaN;
        // The curve begins at recall 0 with precision 1, as scikit-learn draws it.
        double recall = 0, precision = 1;
        int hits = 0;
        for (int end = 0; end < order.Length;)
        {
            float score = scores[order[end]];
            for (; end < order.Length && scores[order[end]] == score; end++)
                hits += labels[order[end]] ? 1 : 0;
            double nextRecall = (double)hits / positives;
            double nextPrecision = (double)hits / end;
            area += (nextRecall - recall) * (precision + nextPrecision) / 2;
            (recall, precision) = (nextRecall, nextPrecision);
            double f1 = 2.0 * hits / (end + positives);
            if (f1 > bestF1)
            {
                bestF1 = f1;
                bestAccuracy = (double)(hits + order.Length - positives - (end - hits)) / order.Length;
            }
        }

        return (area, bestF1, bestAccuracy);
    }
}
