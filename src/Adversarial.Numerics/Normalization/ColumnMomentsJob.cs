using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>
/// Mean and variance of columns in two passes, so that a large mean costs the variance no digits. The first eight sums of a group are those
/// of the pass, the others what the means lost when they were rounded.
/// </summary>
internal unsafe struct ColumnMomentsJob : IColumnJob
{
    public float* X;
    public nint XRow;
    public int Rows;
    public float* Mean;
    public float* Variance;

    public readonly int Passes => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Add(int pass, int firstRow, int endRow, int column, double* sums)
    {
        Vector256<double> low = Vector256.Load(sums), high = Vector256.Load(sums + 4);
        Vector256<float> mean = pass == 0 ? default : Vector256.Load(Mean + column);
        float* x = X + firstRow * XRow + column;
        int r = firstRow;
        for (; r + 4 <= endRow; r += 4)
        {
            Vector256<float> x0 = Vector256.Load(x), x1 = Vector256.Load(x + XRow);
            Vector256<float> x2 = Vector256.Load(x + 2 * XRow), x3 = Vector256.Load(x + 3 * XRow);
            Vector256<float> sum = pass == 0 ? x0 + x1 + (x2 + x3) : Squares(x0 - mean, x1 - mean, x2 - mean, x3 - mean);
            low += Vector256.WidenLower(sum);
            high += Vector256.WidenUpper(sum);
            x += 4 * XRow;
        }

        for (; r < endRow; r++)
        {
            Vector256<float> row = Vector256.Load(x) - mean, term = pass == 0 ? row : row * row;
            low += Vector256.WidenLower(term);
            high += Vector256.WidenUpper(term);
            x += XRow;
        }

        low.Store(sums);
        high.Store(sums + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Squares(Vector256<float> d0, Vector256<float> d1, Vector256<float> d2, Vector256<float> d3) =>
        Vector256.FusedMultiplyAdd(d3, d3, Vector256.FusedMultiplyAdd(d2, d2, Vector256.FusedMultiplyAdd(d1, d1, d0 * d0)));

    public readonly void Finish(int pass, int column, double* sums)
    {
        Vector256<double> count = Vector256.Create((double)Rows), low = Vector256.Load(sums) / count, high = Vector256.Load(sums + 4) / count;
        if (pass == 0)
        {
            Vector256<float> mean = Vector256.Narrow(low, high);
            mean.Store(Mean + column);

            // What rounding took from the mean, for the variance.
            (low - Vector256.WidenLower(mean)).Store(sums + 8);
            (high - Vector256.WidenUpper(mean)).Store(sums + 12);
        }
        else
        {
            Vector256<double> restLow = Vector256.Load(sums + 8), restHigh = Vector256.Load(sums + 12);
            low = Vector256.Max(Vector256<double>.Zero, low - restLow * restLow);
            high = Vector256.Max(Vector256<double>.Zero, high - restHigh * restHigh);
            Vector256.Narrow(low, high).Store(Variance + column);
        }

        Vector256<double>.Zero.Store(sums);
        Vector256<double>.Zero.Store(sums + 4);
    }

    public readonly void Single(int column) =>
        (Mean[column], Variance[column]) = NormalizationReference.ColumnMoments(X + column, XRow, Rows);
}
