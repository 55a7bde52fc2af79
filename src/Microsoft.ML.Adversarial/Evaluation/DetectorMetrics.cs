using System.Globalization;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Quality of a detector on labelled rows. Precision, recall, F1 and the four counts speak of the model's own <c>PredictedLabel</c>, the
/// other figures of the order of scores. A figure that is not defined is NaN, and <see cref="Message"/> says why. Equal scores are one
/// group: the order of rows does not matter.
/// </summary>
/// <remarks>
/// A row whose score is NaN counts: by its <c>PredictedLabel</c> in the counts, and in the order of scores at the top if it is flagged, at
/// the bottom if not. A row whose label is missing (NaN, a missing key, an empty text) does not count.
/// </remarks>
public sealed record DetectorMetrics
{
    internal DetectorMetrics(AnomalyMetrics metrics, string normalLabel, string values, long missingLabels)
    {
        bool hasBoth = metrics.BaseRate is > 0 and < 1;
        double OfBoth(double figure) => hasBoth ? figure : double.NaN;
        AreaUnderRocCurve = OfBoth(metrics.RocAuc);
        AveragePrecision = OfBoth(metrics.AveragePrecision);
        DetectionRateAtFalsePositiveCount = OfBoth(metrics.DetectionRate);
        DetectionRateAtFalseAlarmRate = OfBoth(metrics.DetectionRateAtFalseAlarmRate);
        FalsePositiveCount = metrics.FalsePositiveCount;
        FalseAlarmRate = metrics.FalseAlarmRate;
        Precision = metrics.Precision;
        Recall = metrics.Recall;
        F1Score = metrics.F1;
        TruePositives = metrics.TruePositives;
        FalsePositives = metrics.FalsePositives;
        TrueNegatives = metrics.TrueNegatives;
        FalseNegatives = metrics.FalseNegatives;
        NumberOfRows = metrics.Rows;
        NumberOfMissingScores = metrics.MissingScores;
        NumberOfMissingLabels = missingLabels;
        NormalLabel = normalLabel;
        Message = metrics.Rows == 0 ? "No row has a label: all figures are NaN."
            : metrics.BaseRate == 0 ? $"No row is an anomaly: {normalLabel} is normal, and the labels are {values}. Ranks, recall and F1 are NaN."
            : metrics.BaseRate == 1 ? $"No row is normal: {normalLabel} is normal, and the labels are {values}. Ranks are NaN."
            : TruePositives + FalsePositives == 0 ? "No row is flagged: precision and F1 are NaN."
            : null;
    }

    /// <summary>Area under the ROC curve, in [0, 1]; ties count one half.</summary>
    public double AreaUnderRocCurve { get; }

    /// <summary>Average precision, in [0, 1]: sum over distinct scores of (change of recall) * precision.</summary>
    public double AveragePrecision { get; }

    /// <summary>Flagged anomalies / flagged rows, in [0, 1].</summary>
    public double Precision { get; }

    /// <summary>Flagged anomalies / anomalies, in [0, 1].</summary>
    public double Recall { get; }

    /// <summary>Harmonic mean of precision and recall, in [0, 1].</summary>
    public double F1Score { get; }

    /// <summary>Share of the anomalies that score higher than all but <see cref="FalsePositiveCount"/> normal rows, in [0, 1].</summary>
    public double DetectionRateAtFalsePositiveCount { get; }

    /// <summary>The normal rows allowed above an anomaly for <see cref="DetectionRateAtFalsePositiveCount"/>.</summary>
    public int FalsePositiveCount { get; }

    /// <summary>Share of the anomalies that score higher than all but the share <see cref="FalseAlarmRate"/> of the normal rows, in [0, 1].</summary>
    public double DetectionRateAtFalseAlarmRate { get; }

    /// <summary>The share of the normal rows allowed above an anomaly for <see cref="DetectionRateAtFalseAlarmRate"/>, rounded down to rows.</summary>
    public double FalseAlarmRate { get; }

    /// <summary>Flagged anomalies.</summary>
    public long TruePositives { get; }

    /// <summary>Flagged normal rows.</summary>
    public long FalsePositives { get; }

    /// <summary>Normal rows that are not flagged.</summary>
    public long TrueNegatives { get; }

    /// <summary>Anomalies that are not flagged.</summary>
    public long FalseNegatives { get; }

    /// <summary>Rows that count: all that have a label.</summary>
    public long NumberOfRows { get; }

    /// <summary>Rows among them whose score is NaN.</summary>
    public long NumberOfMissingScores { get; }

    /// <summary>Rows left out, as their label is missing.</summary>
    public long NumberOfMissingLabels { get; }

    /// <summary>The label that was taken as normal, in words.</summary>
    public string NormalLabel { get; }

    /// <summary>Why figures are NaN, or null.</summary>
    public string? Message { get; }

    /// <summary>All of it in a few lines, independent of culture.</summary>
    public override string ToString()
    {
        string missing = (NumberOfMissingScores, NumberOfMissingLabels) == (0, 0) ? ""
            : $" ({NumberOfMissingScores} without a score, {NumberOfMissingLabels} more without a label)";
        return string.Create(CultureInfo.InvariantCulture,
            $"ROC-AUC {AreaUnderRocCurve:F4}, average precision {AveragePrecision:F4}\n" +
            $"detection rate {DetectionRateAtFalsePositiveCount:F4} at {FalsePositiveCount} false positives, " +
            $"{DetectionRateAtFalseAlarmRate:F4} at a false-alarm rate of {FalseAlarmRate}\n" +
            $"precision {Precision:F4}, recall {Recall:F4}, F1 {F1Score:F4}\n" +
            $"anomalies: {TruePositives} flagged, {FalseNegatives} not; normal rows ({NormalLabel}): {FalsePositives} flagged, {TrueNegatives} not\n" +
            $"{NumberOfRows} rows{missing}") + (Message is null ? "" : $"\n{Message}");
    }
}
