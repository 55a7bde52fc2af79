namespace Adversarial.Neural;

/// <summary>What a matrix is normalised with.</summary>
/// <param name="Values">[2, n]: the means and one over the deviations.</param>
/// <param name="OfRows">Whether n counts the rows and the statistics are theirs; else the columns.</param>
public readonly record struct Moments(Matrix Values, bool OfRows)
{
    /// <summary>The means, [1, n].</summary>
    public Matrix Mean => Values.Slice(0, 1, 0, Values.Columns);

    /// <summary>One over the deviations, [1, n].</summary>
    public Matrix Inverse => Values.Slice(1, 1, 0, Values.Columns);
}
