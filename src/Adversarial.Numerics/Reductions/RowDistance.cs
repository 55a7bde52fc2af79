using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Distances of equally numbered rows of two matrices. A row's result depends on that row alone.</summary>
public static unsafe class RowDistance
{
    /// <summary>y[r] = sum over the columns of |a[r, c] - b[r, c]|.</summary>
    /// <param name="a">The one matrix, row-major.</param>
    /// <param name="strideA">Distance of its rows.</param>
    /// <param name="b">The other; empty stands for zeros.</param>
    /// <param name="strideB">Distance of its rows.</param>
    /// <param name="y">The distances, one a row.</param>
    /// <param name="strideY">Distance of two of them.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns of both.</param>
    public static void Absolute(ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> y, int strideY, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
            y[r * strideY] = (float)SumAbsolute(a.Slice(r * strideA, columns), Row(b, r * strideB, columns));
    }

    /// <summary>y[r] = square root of the sum over the columns of (a[r, c] - b[r, c])².</summary>
    /// <inheritdoc cref="Absolute"/>
    public static void Euclidean(ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> y, int strideY, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
            y[r * strideY] = (float)Math.Sqrt(SumSquares(a.Slice(r * strideA, columns), Row(b, r * strideB, columns)));
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> matrix, int start, int columns) => matrix.IsEmpty ? matrix : matrix.Slice(start, columns);

    // The differences are summed in double in a fixed order of four lanes: the same on every instruction set.
    private static double SumAbsolute(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<double> sum = default;
        int c = 0;
        fixed (float* pa = a, pb = b)
        {
            for (; c + 4 <= a.Length; c += 4)
                sum += Vector256.Abs(Difference(pa, pb, c));
        }

        double total = Vector256.Sum(sum);
        for (; c < a.Length; c++)
            total += Math.Abs(Difference(a, b, c));
        return total;
    }

    private static double SumSquares(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<double> sum = default;
        int c = 0;
        fixed (float* pa = a, pb = b)
        {
            for (; c + 4 <= a.Length; c += 4)
            {
                Vector256<double> difference = Difference(pa, pb, c);
                sum += difference * difference;
            }
        }

        double total = Vector256.Sum(sum);
        for (; c < a.Length; c++)
            total += Difference(a, b, c) * Difference(a, b, c);
        return total;
    }

    private static double Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int c) => b.IsEmpty ? a[c] : (double)a[c] - b[c];

    private static Vector256<double> Difference(float* a, float* b, int c) =>
        b is null ? Widen(Vector128.Load(a + c)) : Widen(Vector128.Load(a + c)) - Widen(Vector128.Load(b + c));

    private static Vector256<double> Widen(Vector128<float> x) => Vector256.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x));
}
