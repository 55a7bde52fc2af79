using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>The columns that every trainer's options name, and how the fitted detector treats what stands in them.</summary>
public interface IAnomalyDetectorColumns
{
    /// <summary>What the fitted detector says of rows to score with a feature that is NaN or infinite. Default: they are anomalies.</summary>
    MissingValueHandling MissingValueHandling { get; set; }

    /// <summary>A vector of <see cref="float"/> of known size.</summary>
    string FeatureColumnName { get; set; }

    /// <summary>If given, only rows labelled normal are trained on. Boolean, a number, a key or text.</summary>
    string? LabelColumnName { get; set; }

    /// <summary>
    /// The label that is normal, as text and independent of culture: a text, a number, true or false, or what a key stands for (its number,
    /// from 1, where the column does not tell). Null: false, 0 or the first key. A text column needs it.
    /// </summary>
    string? NormalLabel { get; set; }

    /// <summary>
    /// If given, the fitted detector adds a column of this name: how rare a row's score is among normal rows, in (0, 1], NaN where the score is. It
    /// takes held-out rows: set <see cref="DetectorOptions.CalibrationShare"/> or <see cref="DetectorOptions.FalseAlarmRate"/> as well.
    /// </summary>
    string? FalseAlarmRateColumnName { get; set; }
}
