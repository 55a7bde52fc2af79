namespace Microsoft.ML.Adversarial;

/// <summary>
/// What a fitted detector says of a row with a feature that is NaN or infinite. Such a row has no score: a sensor that saturates or fails
/// gives one. Training refuses it, whatever is chosen here.
/// </summary>
public enum MissingValueHandling
{
    /// <summary><c>Score</c> is NaN and <c>PredictedLabel</c> false, as in ML.NET's own trainers: for rows that are judged elsewhere.</summary>
    NotAnomaly = 0,

    /// <summary><c>Score</c> is NaN and <c>PredictedLabel</c> true, whatever the threshold is: who watches a machine wants to hear of it. The default.</summary>
    Anomaly = 1,

    /// <summary>An <see cref="InvalidOperationException"/> that names row, column, slot and value: for rows that must be complete.</summary>
    Throw = 2,
}
