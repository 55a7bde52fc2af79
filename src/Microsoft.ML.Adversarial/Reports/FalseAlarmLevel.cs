namespace Microsoft.ML.Adversarial;

/// <summary>A threshold by the share of normal rows that it may flag, and what it costs and finds on the rows of a report.</summary>
/// <param name="AllowedRate">The share of the normal rows that may lie above the threshold, in [0, 1].</param>
/// <param name="Threshold">The lowest score that keeps to it; rows above it are flagged.</param>
/// <param name="FalseAlarmRate">The share of the normal rows that do lie above it, in [0, 1]; of all rows where there are no labels.</param>
/// <param name="DetectionRate">The share of the anomalies above it, in [0, 1]; NaN where there are none.</param>
/// <param name="Precision">The share of anomalies among all rows above it, in [0, 1]; NaN where there is no anomaly or no row above it.</param>
public sealed record FalseAlarmLevel(double AllowedRate, float Threshold, double FalseAlarmRate, double DetectionRate, double Precision);
