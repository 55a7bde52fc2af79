using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Sums in double precision in a fixed order: the same bits whatever the threads.</summary>
public static unsafe class Reductions
{
    /// <summary>The sum of all elements; 0 for none.</summary>
    /// <param name="x">The elements.</param>
    /// <returns>The sum.</returns>
    public static double Sum(ReadOnlySpan<float> x)
    {
        if (Kernels.Active == InstructionSet.Reference)
            return ReductionReference.Sum(x);
        DoubleSum sum = default;
        fixed (float* px = x)
            sum.Add(px, x.Length);
        return sum.Total;
    }

    /// <summary>The sum of the squares; 0 for no elements. Never overflows for finite elements.</summary>
    /// <param name="x">The elements.</param>
    /// <returns>The sum.</returns>
    public static double SumOfSquares(ReadOnlySpan<float> x) => Dot(x, x);

    /// <summary>The scalar product.</summary>
    /// <param name="x">The one vector.</param>
    /// <param name="y">The other, of the same length.</param>
    /// <returns>The sum of the products.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Guard.Same(y.Length, x.Length, nameof(y));
        if (Kernels.Active == InstructionSet.Reference)
            return ReductionReference.Dot(x, y);
        DoubleSum sum = default;
        fixed (float* px = x, py = y)
            sum.AddProducts(px, py, x.Length);
        return sum.Total;
    }

    /// <summary>Whether no element is infinite or NaN; true for none.</summary>
    /// <param name="x">The elements.</param>
    /// <returns>Whether all are finite.</returns>
    public static bool AllFinite(ReadOnlySpan<float> x)
    {
        if (Kernels.Active == InstructionSet.Reference)
            return ReductionReference.AllFinite(x);
        const int Block = 512;
        while (x.Length >= Block)
        {
            if (!Finite(x[..Block]))
                return false;
            x = x[Block..];
        }

        return ReductionReference.AllFinite(x);
    }

    // Zero times anything but a finite number is NaN, and NaN stays.
    private static bool Finite(ReadOnlySpan<float> block)
    {
        Vector256<float> sum0 = default, sum1 = default;
        fixed (float* x = block)
        {
            for (nint i = 0; i < block.Length; i += 16)
            {
                sum0 += Vector256.Load(x + i) * Vector256<float>.Zero;
                sum1 += Vector256.Load(x + i + 8) * Vector256<float>.Zero;
            }
        }

        return Vector256.EqualsAll(sum0 + sum1, Vector256<float>.Zero);
    }
}
