namespace Adversarial.Numerics;

internal static class DropoutReference
{
    public static void FillMask(Span<uint> mask, int rows, int columns, uint threshold, RandomStream stream, long firstRow)
    {
        int stride = Dropout.MaskStride(columns);
        mask[..(rows * stride)].Clear();
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                if (Draw(stream, firstRow + r, c) < threshold)
                    mask[r * stride + (c >> 5)] |= 1u << (c & 31);
            }
        }
    }

    // A generator's word serves two columns, 32 apart, so that a vector of words fills a piece of two mask words.
    private static uint Draw(RandomStream stream, long row, int column)
    {
        uint bits = RandomFill.Bits(stream, (row << Dropout.ColumnBits) + (column >> 6) * 32 + (column & 31));
        return (column & 32) == 0 ? bits & 0xFFFF : bits >> 16;
    }

    public static void Apply(ReadOnlySpan<float> x, int ldx, ReadOnlySpan<uint> mask, float scale, Span<float> y, int ldy, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                y[r * ldy + c] = Kept(mask, r, c, columns) ? x[r * ldx + c] * scale : 0;
        }
    }

    public static bool Kept(ReadOnlySpan<uint> mask, int row, int column, int columns) =>
        (mask[row * Dropout.MaskStride(columns) + (column >> 5)] >> (column & 31) & 1) != 0;
}
