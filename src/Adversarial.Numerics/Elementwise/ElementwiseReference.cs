namespace Adversarial.Numerics;

internal static class ElementwiseReference
{
    public static void Add(ReadOnlySpan<float> x, int ldx, float scale, Span<float> y, int ldy, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                y[r * ldy + c] = MathF.FusedMultiplyAdd(scale, x[r * ldx + c], y[r * ldy + c]);
        }
    }

    public static void Multiply(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> y, int ldy, Span<float> z, int ldz, int rows, int columns, bool accumulate)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float product = x[r * ldx + c] * y[r * ldy + c];
                z[r * ldz + c] = accumulate ? z[r * ldz + c] + product : product;
            }
        }
    }

    public static void Clamp(Span<float> y, int ldy, int rows, int columns, float low, float high)
    {
        for (int r = 0; r < rows; r++)
        {
            foreach (ref float value in y.Slice(r * ldy, columns))
                value = value < low ? low : value > high ? high : value;
        }
    }

    public static void Scale(Span<float> y, int ldy, int rows, int columns, float scale)
    {
        for (int r = 0; r < rows; r++)
        {
            foreach (ref float value in y.Slice(r * ldy, columns))
                value *= scale;
        }
    }
}
