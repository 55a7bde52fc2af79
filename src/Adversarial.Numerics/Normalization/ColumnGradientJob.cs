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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Eight(int column)
    {
        Vector256<double> scaleLow = default, scaleHigh = default, shiftLow = default, shiftHigh = default;
        Vector256<float> mean = OfRows ? default : Vector256.Load(Mean + column);
        Vector256<float> inverse = OfRows ? default : Vector256.Load(Inverse + column);
        float* x = X + column, dy = Dy + column;
        for (int r = 0; r < Rows; r++, x += XRow, dy += DyRow)
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

        Vector256.Narrow(scaleLow, scaleHigh).Store(ScaleGradient + column);
        Vector256.Narrow(shiftLow, shiftHigh).Store(ShiftGradient + column);
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
