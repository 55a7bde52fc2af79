namespace Microsoft.ML.Adversarial;

/// <summary>A threshold by the share of normal rows that it may flag, and what it costs and finds on the rows of a report.</summary>
public sealed class FalseAlarmLevel
{
    internal FalseAlarmLevel()
    {
    }

    /// <summary>The share of the normal rows that may lie above the threshold, in [0, 1].</summary>
    public double AllowedRate { get; internal init; }

    /// <summary>The lowest score that keeps to it; rows above it are flagged.</summary>
    public float Threshold { get; internal init; }

    /// <summary>The share of the normal rows that do lie above it, in [0, 1]; of all rows where there are no labels.</summary>
    public double FalseAlarmRate { get; internal init; }

    /// <summary>The share of the anomalies above it, in [0, 1]; NaN where there are none.</summary>
    public double DetectionRate { get; internal init; }

    /// <summary>The share of anomalies among all rows above it, in [0, 1]; NaN where there is no anomaly or no row above it.</summary>
    public double Precision { get; internal init; }
}
