using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Detectors;

/// <summary>Sums over vectors of doubles, in an order of their own: the same bits on every machine.</summary>
internal static class DoubleVectors
{
    /// <summary>The scalar product of two vectors of equal length.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Vector256<double> sum0 = default, sum1 = default;
        ref double px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i + 8 <= x.Length; i += 8)
        {
            sum0 += Vector256.LoadUnsafe(ref px, (nuint)i) * Vector256.LoadUnsafe(ref py, (nuint)i);
            sum1 += Vector256.LoadUnsafe(ref px, (nuint)i + 4) * Vector256.LoadUnsafe(ref py, (nuint)i + 4);
        }

        double total = Vector256.Sum(sum0 + sum1);
        for (; i < x.Length; i++)
            total += x[i] * y[i];
        return total;
    }

    /// <summary>The same numbers in double precision.</summary>
    public static double[] Widen(float[] x) => Array.ConvertAll(x, value => (double)value);

    /// <summary>sum[i] += a * x[i].</summary>
    public static void Add(double a, ReadOnlySpan<double> x, Span<double> sum)
    {
        ref double px = ref MemoryMarshal.GetReference(x), ps = ref MemoryMarshal.GetReference(sum);
        Vector256<double> factor = Vector256.Create(a);
        int i = 0;
        for (; i + 4 <= sum.Length; i += 4)
            (Vector256.LoadUnsafe(ref ps, (nuint)i) + factor * Vector256.LoadUnsafe(ref px, (nuint)i)).StoreUnsafe(ref ps, (nuint)i);
        for (; i < sum.Length; i++)
            sum[i] += a * x[i];
    }
}
