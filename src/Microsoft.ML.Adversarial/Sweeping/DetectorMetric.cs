namespace Microsoft.ML.Adversarial;

/// <summary>A figure of <see cref="DetectorMetrics"/> that a sweep looks at: higher is better.</summary>
public enum DetectorMetric
{
    /// <summary><see cref="DetectorMetrics.AreaUnderRocCurve"/>.</summary>
    AreaUnderRocCurve,

    /// <summary><see cref="DetectorMetrics.AveragePrecision"/>.</summary>
    AveragePrecision,

    /// <summary><see cref="DetectorMetrics.F1Score"/>, at the model's own threshold.</summary>
    F1Score,

    /// <summary><see cref="DetectorMetrics.DetectionRateAtFalsePositiveCount"/>.</summary>
    DetectionRateAtFalsePositiveCount,

    /// <summary><see cref="DetectorMetrics.DetectionRateAtFalseAlarmRate"/>.</summary>
    DetectionRateAtFalseAlarmRate,
}

internal static class DetectorMetricExtensions
{
    public static double Of(this DetectorMetric metric, DetectorMetrics metrics) => metric switch
    {
        DetectorMetric.AreaUnderRocCurve => metrics.AreaUnderRocCurve,
        DetectorMetric.AveragePrecision => metrics.AveragePrecision,
        DetectorMetric.F1Score => metrics.F1Score,
        DetectorMetric.DetectionRateAtFalsePositiveCount => metrics.DetectionRateAtFalsePositiveCount,
        DetectorMetric.DetectionRateAtFalseAlarmRate => metrics.DetectionRateAtFalseAlarmRate,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "It is no metric."),
    };
}
