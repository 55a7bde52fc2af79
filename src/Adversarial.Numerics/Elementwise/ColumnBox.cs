using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Whether rows lie in a box.</summary>
public static unsafe class ColumnBox
{
    /// <summary>Whether low[c] &lt;= x[c] &lt;= high[c] for each c.</summary>
    /// <param name="x">The row; a NaN lies in no box.</param>
    /// <param name="low">The least value of each column.</param>
    /// <param name="high">The greatest value of each column.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static bool Contains(ReadOnlySpan<float> x, ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
        Guard.Same(low.Length, x.Length, nameof(low));
        Guard.Same(high.Length, x.Length, nameof(high));
        if (x.Length < Vector256<float>.Count)
        {
            for (int c = 0; c < x.Length; c++)
            {
                if (!(x[c] >= low[c] && x[c] <= high[c]))
                    return false;
            }

            return true;
        }

        Vector256<float> inside = Vector256<float>.AllBitsSet;
        fixed (float* px = x, pLow = low, pHigh = high)
        {
            int last = x.Length - Vector256<float>.Count;
            for (int c = 0; ; c = Math.Min(c + Vector256<float>.Count, last))
            {
                Vector256<float> row = Vector256.Load(px + c);
                inside &= Vector256.GreaterThanOrEqual(row, Vector256.Load(pLow + c)) & Vector256.LessThanOrEqual(row, Vector256.Load(pHigh + c));
                if (c == last)
                    break;
            }
        }

        return Vector256.EqualsAll(inside.AsInt32(), Vector256<int>.AllBitsSet);
    }
}
