namespace Microsoft.ML.Adversarial;

/// <summary>What a label says of a row.</summary>
internal enum RowLabel
{
    /// <summary>Nothing: NaN, a missing key or an empty text.</summary>
    Missing,

    /// <summary>The value that is normal.</summary>
    Normal,

    /// <summary>Anything else.</summary>
    Anomaly,
}
