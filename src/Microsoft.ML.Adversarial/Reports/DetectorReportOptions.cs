using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>What a <see cref="DetectorReport"/> is made of.</summary>
public sealed class DetectorReportOptions
{
    /// <summary>Heading of the page.</summary>
    public string Title { get; set; } = "Anomaly detector";

    /// <summary>The truth: Boolean, a number, a key or text. Null: there is none, and what needs it is left out.</summary>
    public string? LabelColumnName { get; set; }

    /// <summary>The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</summary>
    public string? NormalLabel { get; set; }

    /// <summary>Scores, <see cref="float"/>; higher is more anomalous.</summary>
    public string ScoreColumnName { get; set; } = "Score";

    /// <summary>What the model says, <see cref="bool"/>.</summary>
    public string PredictedLabelColumnName { get; set; } = "PredictedLabel";

    /// <summary>
    /// The detector that scored: its threshold, method and options are shown, and where the rows have its feature column what made the highest
    /// scores. Null: nothing of it.
    /// </summary>
    public AnomalyDetectorTransformer? Detector { get; set; }

    /// <summary>Highest rows that are explained, at least 0. Each takes as many scores as there are features.</summary>
    public int NumberOfExplainedRows { get; set; } = 50;

    /// <summary>Shares of normal rows for the table of thresholds, each in [0, 1].</summary>
    public IReadOnlyList<double> FalseAlarmRates { get; set; } = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1];

    /// <summary>What a listener was told while the detector was trained, for curves of its losses; null: none.</summary>
    public IReadOnlyList<TrainingProgress>? TrainingProgress { get; set; }

    /// <summary>Further facts of data and model by name, in their order; null: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Facts { get; set; }

    /// <summary>What a reader should know of the rows, such as that some were trained on; null: nothing.</summary>
    public string? Note { get; set; }

    internal void Validate()
    {
        if (NumberOfExplainedRows < 0)
            throw new ArgumentOutOfRangeException(nameof(NumberOfExplainedRows), NumberOfExplainedRows, $"Option {nameof(NumberOfExplainedRows)} must be at least 0.");
        foreach (double rate in FalseAlarmRates ?? throw new ArgumentException($"Option {nameof(FalseAlarmRates)} must be a list.", nameof(FalseAlarmRates)))
        {
            if (rate is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(FalseAlarmRates), rate, $"Option {nameof(FalseAlarmRates)} must hold shares in [0, 1].");
        }
    }
}
