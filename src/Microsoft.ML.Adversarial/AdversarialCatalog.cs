using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

/// <summary>Adversarial anomaly detectors among the trainers of <see cref="AnomalyDetectionCatalog"/>.</summary>
public static partial class AdversarialCatalog
{
    /// <summary>The same detector with another threshold; nothing is trained.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted detector, for example the last transformer of a chain.</param>
    /// <param name="threshold">Rows with a score above it get <c>PredictedLabel</c> true. Not NaN.</param>
    /// <returns><paramref name="model"/> itself if its threshold is that already, else a new transformer.</returns>
    public static AnomalyDetectorTransformer ChangeModelThreshold(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model, float threshold)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return model.WithThreshold(threshold);
    }

    /// <summary>
    /// How good a detector is on labelled rows: the order of its scores, and what its own <c>PredictedLabel</c> flags. It reads the scored
    /// rows once and keeps only their scores and labels.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="scored">Rows that a detector scored, with their labels.</param>
    /// <param name="labelColumnName">The truth: Boolean, a number, a key or text. Rows whose label is missing do not count.</param>
    /// <param name="normalLabel">The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</param>
    /// <param name="scoreColumnName">Scores, <see cref="float"/>; higher is more anomalous.</param>
    /// <param name="predictedLabelColumnName">What the model says, <see cref="bool"/>.</param>
    /// <param name="falsePositiveCount">False positives allowed for <see cref="DetectorMetrics.DetectionRateAtFalsePositiveCount"/>, at least 0.</param>
    /// <param name="falseAlarmRate">Share of the normal rows allowed for <see cref="DetectorMetrics.DetectionRateAtFalseAlarmRate"/>, in [0, 1].</param>
    /// <returns>The figures. Where all rows are of one class, those that need two are NaN and a message says so.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or a number is out of its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="normalLabel"/> can be no value of the label column, or is needed and missing.</exception>
    public static DetectorMetrics EvaluateDetector(this AnomalyDetectionCatalog catalog, IDataView scored, string labelColumnName = "Label",
        string? normalLabel = null, string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel",
        int falsePositiveCount = 10, double falseAlarmRate = 0.01)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentOutOfRangeException.ThrowIfNegative(falsePositiveCount);
        if (falseAlarmRate is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(falseAlarmRate), falseAlarmRate, "The false-alarm rate must be in [0, 1].");
        return DetectorEvaluator.Evaluate(scored, labelColumnName, normalLabel, scoreColumnName, predictedLabelColumnName, falsePositiveCount, falseAlarmRate);
    }
}
