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

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void AddFour(int pass, int row, in ColumnLanes columns, double* sums)
    {
        float* means = Mean, first = X + row * XRow, second = first + XRow, third = second + XRow, fourth = third + XRow;
        for (int g = 0; g < columns.Groups; g++, sums += ColumnLanes.SumsOfGroup)
        {
            int c = columns.Column(g);
            if (ColumnLanes.IsNewLine(g))
                CacheHint.WillReadFour(fourth + XRow + c, XRow);
            Vector256<float> x0 = Vector256.Load(first + c), x1 = Vector256.Load(second + c);
            Vector256<float> x2 = Vector256.Load(third + c), x3 = Vector256.Load(fourth + c);
            if (pass == 0)
            {
                Add(x0 + x1 + (x2 + x3), sums);
            }
            else
            {
                Vector256<float> mean = Vector256.Load(means + c);
                Add(Squares(x0 - mean, x1 - mean, x2 - mean, x3 - mean), sums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void AddOne(int pass, int row, in ColumnLanes columns, double* sums)
    {
        float* means = Mean, x = X + row * XRow;
        for (int g = 0; g < columns.Groups; g++, sums += ColumnLanes.SumsOfGroup)
        {
            int c = columns.Column(g);
            Vector256<float> difference = Vector256.Load(x + c) - (pass == 0 ? default : Vector256.Load(means + c));
            Add(pass == 0 ? difference : difference * difference, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> terms, double* sums)
    {
        (Vector256.Load(sums) + Vector256.WidenLower(terms)).Store(sums);
        (Vector256.Load(sums + 4) + Vector256.WidenUpper(terms)).Store(sums + 4);
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
