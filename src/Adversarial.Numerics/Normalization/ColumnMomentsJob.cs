using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>
/// Mean and variance of columns in two passes, so that a large mean costs the variance no digits. The first eight sums of a group are those
/// of the pass, the others the means.
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
        float* x = X + firstRow * XRow + column;
        if (pass == 0)
        {
            for (int r = firstRow; r < endRow; r++, x += XRow)
            {
                Vector256<float> row = Vector256.Load(x);
                low += Vector256.WidenLower(row);
                high += Vector256.WidenUpper(row);
            }
        }
        else
        {
            Vector256<double> meanLow = Vector256.Load(sums + 8), meanHigh = Vector256.Load(sums + 12);
            for (int r = firstRow; r < endRow; r++, x += XRow)
            {
                Vector256<float> row = Vector256.Load(x);
                Vector256<double> first = Vector256.WidenLower(row) - meanLow, second = Vector256.WidenUpper(row) - meanHigh;
                low += first * first;
                high += second * second;
            }
        }

        low.Store(sums);
        high.Store(sums + 4);
    }

    public readonly void Finish(int pass, int column, double* sums)
    {
        Vector256<double> count = Vector256.Create((double)Rows), low = Vector256.Load(sums) / count, high = Vector256.Load(sums + 4) / count;
        Vector256.Narrow(low, high).Store((pass == 0 ? Mean : Variance) + column);
        low.Store(sums + 8);
        high.Store(sums + 12);
        Vector256<double>.Zero.Store(sums);
        Vector256<double>.Zero.Store(sums + 4);
    }

    public readonly void Single(int column) =>
        (Mean[column], Variance[column]) = NormalizationReference.Moments(X + column, XRow, Rows);
}
