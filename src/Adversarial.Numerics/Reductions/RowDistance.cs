using System.Runtime.CompilerServices;
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
    public static void Absolute(ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> y, int strideY, int rows, int columns) =>
        Run<AbsoluteTerm>(a, strideA, b, strideB, y, strideY, rows, columns);

    /// <summary>y[r] = square root of the sum over the columns of (a[r, c] - b[r, c])².</summary>
    /// <inheritdoc cref="Absolute"/>
    public static void Euclidean(ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> y, int strideY, int rows, int columns) =>
        Run<SquareTerm>(a, strideA, b, strideB, y, strideY, rows, columns);

    /// <summary>The sum of (a[c] - b[c])², in double precision.</summary>
    /// <param name="a">The one row.</param>
    /// <param name="b">The other, of the same length.</param>
    /// <returns>The squared distance.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double SquaredEuclidean(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Guard.Same(b.Length, a.Length, nameof(b));
        fixed (float* pa = a, pb = b)
            return Sum<SquareTerm>(pa, pb, a.Length);
    }

    private interface ITerm
    {
        static abstract Vector256<double> Of(Vector256<double> difference);

        static abstract double Of(double difference);

        static abstract double Result(double sum);
    }

    private readonly struct AbsoluteTerm : ITerm
    {
        public static Vector256<double> Of(Vector256<double> difference) => Vector256.Abs(difference);

        public static double Of(double difference) => Math.Abs(difference);

        public static double Result(double sum) => sum;
    }

    private readonly struct SquareTerm : ITerm
    {
        public static Vector256<double> Of(Vector256<double> difference) => difference * difference;

        public static double Of(double difference) => difference * difference;

        public static double Result(double sum) => Math.Sqrt(sum);
    }

    private static void Run<TTerm>(
        ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> y, int strideY, int rows, int columns)
        where TTerm : struct, ITerm
    {
        Guard.Sizes(rows, columns);
        Guard.Matrix(a.Length, strideA, rows, columns, nameof(a));
        if (!b.IsEmpty)
            Guard.Matrix(b.Length, strideB, rows, columns, nameof(b));
        Guard.Matrix(y.Length, strideY, rows, 1, nameof(y));
        fixed (float* pa = a, pb = b, py = y)
        {
            for (int r = 0; r < rows; r++)
                py[(nint)r * strideY] = (float)TTerm.Result(Sum<TTerm>(pa + (nint)r * strideA, pb == null ? null : pb + (nint)r * strideB, columns));
        }
    }

    // The differences, rounded to single precision, are summed in double in a fixed order of sixteen lanes: the same on every instruction set.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<TTerm>(float* a, float* b, int columns)
        where TTerm : struct, ITerm
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int c = 0;
        for (; c + 16 <= columns; c += 16)
        {
            Vector256<float> low = Difference(a, b, c), high = Difference(a, b, c + 8);
            sum0 += TTerm.Of(Vector256.WidenLower(low));
            sum1 += TTerm.Of(Vector256.WidenUpper(low));
            sum2 += TTerm.Of(Vector256.WidenLower(high));
            sum3 += TTerm.Of(Vector256.WidenUpper(high));
        }

        if (c + 8 <= columns)
        {
            Vector256<float> low = Difference(a, b, c);
            sum0 += TTerm.Of(Vector256.WidenLower(low));
            sum1 += TTerm.Of(Vector256.WidenUpper(low));
            c += 8;
        }

        double total = Vector256.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; c < columns; c++)
            total += TTerm.Of(b == null ? a[c] : a[c] - b[c]);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Difference(float* a, float* b, int c) =>
        b == null ? Vector256.Load(a + c) : Vector256.Load(a + c) - Vector256.Load(b + c);
}
