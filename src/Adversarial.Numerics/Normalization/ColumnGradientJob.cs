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
        for (int r = firstRow; r < endRow; r++, x += XRow, dy += DyRow)
        {
            if (OfRows)
                (mean, inverse) = (Vector256.Create(Mean[r]), Vector256.Create(Inverse[r]));
            Vector256<float> normalized = (Vector256.Load(x) - mean) * inverse, gradient = Vector256.Load(dy);
            Vector256<double> low = Vector256.WidenLower(gradient), high = Vector256.WidenUpper(gradient);
            shiftLow += low;
            shiftHigh += high;
            scaleLow += low * Vector256.WidenLower(normalized);
            scaleHigh += high * Vector256.WidenUpper(normalized);
        }

        scaleLow.Store(sums);
        scaleHigh.Store(sums + 4);
        shiftLow.Store(sums + 8);
        shiftHigh.Store(sums + 12);
    }

    public readonly void Finish(int pass, int column, double* sums)
    {
        Vector256.Narrow(Vector256.Load(sums), Vector256.Load(sums + 4)).Store(ScaleGradient + column);
        Vector256.Narrow(Vector256.Load(sums + 8), Vector256.Load(sums + 12)).Store(ShiftGradient + column);
    }

    public readonly void Single(int column)
    {
        double scale = 0, shift = 0;
        for (int r = 0; r < Rows; r++)
        {
            int statistic = OfRows ? r : column;
            float normalized = (X[r * XRow + column] - Mean[statistic]) * Inverse[statistic], gradient = Dy[r * DyRow + column];
            shift += gradient;
            scale += (double)gradient * normalized;
        }

        (ScaleGradient[column], ShiftGradient[column]) = ((float)scale, (float)shift);
    }
}
