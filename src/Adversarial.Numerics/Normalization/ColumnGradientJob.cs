using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>The column sums of a gradient, and of its products with the normalised values.</summary>
internal unsafe struct ColumnGradientJob : IColumnJob
{
    public float* X;
    public nint XRow;
    public float* Mean;
    public float* Inverse;
    public bool OfRows;
    public float* Dy;
    public nint DyRow;
    public int Rows;
    public float* ScaleGradient;
    public float* ShiftGradient;

    public readonly int Passes => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void AddFour(int pass, int row, in ColumnLanes columns, double* sums)
    {
        float* x0 = X + row * XRow, x1 = x0 + XRow, x2 = x1 + XRow, x3 = x2 + XRow;
        float* dy0 = Dy + row * DyRow, dy1 = dy0 + DyRow, dy2 = dy1 + DyRow, dy3 = dy2 + DyRow;
        float* means = Mean, inverses = Inverse;
        for (int g = 0; g < columns.Groups; g++, sums += ColumnLanes.SumsOfGroup)
        {
            int c = columns.Column(g);
            Vector256<float> mean = OfRows ? default : Vector256.Load(means + c), inverse = OfRows ? default : Vector256.Load(inverses + c);
            if (ColumnLanes.IsNewLine(g))
            {
                CacheHint.WillReadFour(x3 + XRow + c, XRow);
                CacheHint.WillReadFour(dy3 + DyRow + c, DyRow);
            }

            Vector256<float> gradient = Vector256.Load(dy0 + c), plain = gradient;
            Vector256<float> product = gradient * Normalized(x0 + c, row, mean, inverse);
            gradient = Vector256.Load(dy1 + c);
            plain += gradient;
            product = Vector256.FusedMultiplyAdd(gradient, Normalized(x1 + c, row + 1, mean, inverse), product);
            gradient = Vector256.Load(dy2 + c);
            plain += gradient;
            product = Vector256.FusedMultiplyAdd(gradient, Normalized(x2 + c, row + 2, mean, inverse), product);
            gradient = Vector256.Load(dy3 + c);
            plain += gradient;
            product = Vector256.FusedMultiplyAdd(gradient, Normalized(x3 + c, row + 3, mean, inverse), product);
            Add(product, plain, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void AddOne(int pass, int row, in ColumnLanes columns, double* sums)
    {
        for (int g = 0; g < columns.Groups; g++, sums += ColumnLanes.SumsOfGroup)
        {
            int c = columns.Column(g);
            Vector256<float> mean = OfRows ? default : Vector256.Load(Mean + c), inverse = OfRows ? default : Vector256.Load(Inverse + c);
            Vector256<float> gradient = Vector256.Load(Dy + row * DyRow + c);
            Add(gradient * Normalized(X + row * XRow + c, row, mean, inverse), gradient, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector256<float> Normalized(float* x, int row, Vector256<float> mean, Vector256<float> inverse) => OfRows
        ? (Vector256.Load(x) - Vector256.Create(Mean[row])) * Vector256.Create(Inverse[row])
        : (Vector256.Load(x) - mean) * inverse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> product, Vector256<float> plain, double* sums)
    {
        (Vector256.Load(sums) + Vector256.WidenLower(product)).Store(sums);
        (Vector256.Load(sums + 4) + Vector256.WidenUpper(product)).Store(sums + 4);
        (Vector256.Load(sums + 8) + Vector256.WidenLower(plain)).Store(sums + 8);
        (Vector256.Load(sums + 12) + Vector256.WidenUpper(plain)).Store(sums + 12);
    }

    public readonly void Finish(int pass, int column, double* sums)
    {
        Vector256.Narrow(Vector256.Load(sums), Vector256.Load(sums + 4)).Store(ScaleGradient + column);
        Vector256.Narrow(Vector256.Load(sums + 8), Vector256.Load(sums + 12)).Store(ShiftGradient + column);
    }

    public readonly void Single(int column)
    {
        int statistic = OfRows ? 0 : column;
        (ScaleGradient[column], ShiftGradient[column]) = NormalizationReference.ColumnGradient(
            X + column, XRow, Dy + column, DyRow, Mean + statistic, Inverse + statistic, OfRows ? 1 : 0, Rows);
    }
}
