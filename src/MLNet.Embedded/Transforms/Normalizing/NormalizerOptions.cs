namespace Microsoft.ML.Data;

internal enum NormalizerKind
{
    MinMax,
    MeanVariance,
    Cdf,
}

/// <summary>How a column is normalized, and from how many rows that is learnt.</summary>
internal sealed record NormalizerOptions(NormalizerKind Kind, long MaximumExampleCount, bool FixZero);
