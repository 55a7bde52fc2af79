namespace Adversarial.Numerics;

/// <summary>Sums in double precision in a fixed order: the same bits whatever the threads.</summary>
public static class Reductions
{
    /// <summary>The sum of all elements; 0 for none.</summary>
    /// <param name="x">The elements.</param>
    /// <returns>The sum.</returns>
    public static double Sum(ReadOnlySpan<float> x) => ReductionReference.Sum(x);

    /// <summary>The sum of the squares; 0 for no elements. Never overflows for finite elements.</summary>
    /// <param name="x">The elements.</param>
    /// <returns>The sum.</returns>
    public static double SumOfSquares(ReadOnlySpan<float> x) => ReductionReference.Dot(x, x);

    /// <summary>The scalar product.</summary>
    /// <param name="x">The one vector.</param>
    /// <param name="y">The other, of the same length.</param>
    /// <returns>The sum of the products.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Guard.Same(y.Length, x.Length, nameof(y));
        return ReductionReference.Dot(x, y);
    }

    /// <summary>Whether no element is infinite or NaN; true for none.</summary>
    /// <param name="x">The elements.</param>
    /// <returns>Whether all are finite.</returns>
    public static bool AllFinite(ReadOnlySpan<float> x) => ReductionReference.AllFinite(x);
}
