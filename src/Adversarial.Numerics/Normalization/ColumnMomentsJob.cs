using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Mean and variance of columns in two passes, so that a large mean costs the variance no digits.</summary>
internal unsafe struct ColumnMomentsJob : IColumnJob
{
    public float* X;
    public nint XRow;
    public int Rows;
    public float* Mean;
    public float* Variance;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Eight(int column)
    {
        Vector256<double> low = default, high = default, count = Vector256.Create((double)Rows);
        float* x = X + column;
        for (int r = 0; r < Rows; r++, x += XRow)
        {
            Vector256<float> row = Vector256.Load(x);
            low += Vector256.WidenLower(row);
            high += Vector256.WidenUpper(row);
        }

        Vector256<double> meanLow = low / count, meanHigh = high / count;
        (low, high) = (default, default);
        x = X + column;
        for (int r = 0; r < Rows; r++, x += XRow)
        {
            Vector256<float> row = Vector256.Load(x);
            Vector256<double> first = Vector256.WidenLower(row) - meanLow, second = Vector256.WidenUpper(row) - meanHigh;
            low += first * first;
            high += second * second;
        }

        Vector256.Narrow(meanLow, meanHigh).Store(Mean + column);
        Vector256.Narrow(low / count, high / count).Store(Variance + column);
    }

    public readonly void Single(int column) =>
        (Mean[column], Variance[column]) = NormalizationReference.Moments(X + column, XRow, Rows);
}
