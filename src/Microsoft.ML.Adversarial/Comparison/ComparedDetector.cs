namespace Microsoft.ML.Adversarial;

/// <summary>One candidate of a comparison.</summary>
public sealed record ComparedDetector
{
    internal ComparedDetector(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Why it has no result; null where it has one.</summary>
    public string? Failure { get; internal init; }

    /// <summary>What was fitted to all training rows; null where that failed.</summary>
    public ITransformer? Model { get; internal init; }

    /// <summary>How good it is on the test rows; null without labels.</summary>
    public DetectorMetrics? Metrics { get; internal init; }

    /// <summary>
    /// Area under the ROC curve of normal test rows against counterexamples that are made of them: rows with some features of other rows, and rows
    /// moved away. In [0, 1]. It takes no labels, and is no accuracy: real anomalies may be others, and methods that are trained on such rows
    /// (ARN, DA3D) have an advantage.
    /// </summary>
    public double Separation { get; internal init; } = double.NaN;

    /// <summary>Mean rank correlation of its scores of the test rows with those of the other candidates, in [-1, 1]. It takes no labels; all may err alike.</summary>
    public double Agreement { get; internal init; } = double.NaN;

    /// <summary>Mean rank correlation of its scores of the test rows with those of its fits to parts of the training rows, in [-1, 1]; NaN where there was one fit.</summary>
    public double Stability { get; internal init; } = double.NaN;

    /// <summary>Share of the normal test rows that it flags, in [0, 1].</summary>
    public double FalseAlarmRate { get; internal init; } = double.NaN;

    /// <summary>Share of the anomalies that score higher than all but <see cref="ComparisonOptions.FalseAlarmRate"/> of the normal rows, in [0, 1]; NaN without labels.</summary>
    public double DetectionRate => Metrics?.DetectionRateAtFalseAlarmRate ?? double.NaN;

    /// <summary>Seconds of the first fit, beside the others that ran.</summary>
    public double FitSeconds { get; internal init; } = double.NaN;

    /// <summary>Test rows scored a second, beside what else ran.</summary>
    public double RowsPerSecond { get; internal init; } = double.NaN;

    /// <summary>Its scores of the test rows.</summary>
    internal float[] Scores { get; init; } = [];
}
