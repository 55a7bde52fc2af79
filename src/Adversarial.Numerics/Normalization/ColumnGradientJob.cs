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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Add(int pass, int firstRow, int endRow, int column, double* sums)
    {
        Vector256<double> scaleLow = Vector256.Load(sums), scaleHigh = Vector256.Load(sums + 4);
        Vector256<double> shiftLow = Vector256.Load(sums + 8), shiftHigh = Vector256.Load(sums + 12);
        Vector256<float> mean = OfRows ? default : Vector256.Load(Mean + column);
        Vector256<float> inverse = OfRows ? default : Vector256.Load(Inverse + column);
        float* x = X + firstRow * XRow + column, dy = Dy + firstRow * DyRow + column;
        int r = firstRow;
        for (; r + 4 <= endRow; r += 4)
        {
            Vector256<float> dy0 = Vector256.Load(dy), dy1 = Vector256.Load(dy + DyRow);
            Vector256<float> dy2 = Vector256.Load(dy + 2 * DyRow), dy3 = Vector256.Load(dy + 3 * DyRow);
            Vector256<float> plain = dy0 + dy1 + dy2 + dy3, product = dy0 * Normalized(x, r, mean, inverse);
            product = Vector256.FusedMultiplyAdd(dy1, Normalized(x + XRow, r + 1, mean, inverse), product);
            product = Vector256.FusedMultiplyAdd(dy2, Normalized(x + 2 * XRow, r + 2, mean, inverse), product);
            product = Vector256.FusedMultiplyAdd(dy3, Normalized(x + 3 * XRow, r + 3, mean, inverse), product);
            shiftLow += Vector256.WidenLower(plain);
            shiftHigh += Vector256.WidenUpper(plain);
            scaleLow += Vector256.WidenLower(product);
            scaleHigh += Vector256.WidenUpper(product);
            x += 4 * XRow;
            dy += 4 * DyRow;
        }

        for (; r < endRow; r++)
        {
            Vector256<float> gradient = Vector256.Load(dy), product = gradient * Normalized(x, r, mean, inverse);
            shiftLow += Vector256.WidenLower(gradient);
            shiftHigh += Vector256.WidenUpper(gradient);
            scaleLow += Vector256.WidenLower(product);
            scaleHigh += Vector256.WidenUpper(product);
            x += XRow;
            dy += DyRow;
        }

        scaleLow.Store(sums);
        scaleHigh.Store(sums + 4);
        shiftLow.Store(sums + 8);
        shiftHigh.Store(sums + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector256<float> Normalized(float* x, int row, Vector256<float> mean, Vector256<float> inverse) => OfRows
        ? (Vector256.Load(x) - Vector256.Create(Mean[row])) * Vector256.Create(Inverse[row])
        : (Vector256.Load(x) - mean) * inverse;

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
