namespace Adversarial.Numerics;

/// <summary>
/// Dropout with masks of one bit an element: row r's columns stand in the words from r * <see cref="MaskStride"/> on,
/// column c in bit c % 32 of word c / 32; a set bit keeps the element.
/// </summary>
public static unsafe class Dropout
{
    /// <summary>Bits of a stream's index that name a column; the rest name the row.</summary>
    internal const int ColumnBits = 24;

    /// <summary>The number of mask words of one row.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <returns>The number of 32-bit words.</returns>
    public static int MaskStride(int columns) => (columns + 31) >> 5;

    /// <summary>
    /// Draws a mask. An element's bit depends on the stream, its absolute row and its column alone. The probability is rounded
    /// to a multiple of 1/65536.
    /// </summary>
    /// <param name="mask">The mask, at least rows * <see cref="MaskStride"/> words; bits past the last column become 0.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns, at most 2^24.</param>
    /// <param name="keepProbability">The probability that an element is kept, 0 to 1.</param>
    /// <param name="stream">The random stream.</param>
    /// <param name="firstRow">The absolute number of the mask's first row, 0 to 2^39.</param>
    /// <param name="gang">The threads to use; none means the calling thread.</param>
    /// <exception cref="ArgumentException">The mask is too short or a number is out of range.</exception>
    public static void FillMask(Span<uint> mask, int rows, int columns, float keepProbability, RandomStream stream, long firstRow = 0,
        WorkerGang? gang = null)
    {
        Guard.Sizes(rows, columns);
        Guard.Length(mask.Length, (long)rows * MaskStride(columns), nameof(mask));
        Guard.Same(keepProbability is >= 0 and <= 1, "The keep probability lies outside 0 to 1.");
        Guard.Same(columns <= 1 << ColumnBits, "A mask has at most 2^24 columns.");
        Guard.Same(firstRow >= 0 && firstRow <= 1L << 39, "The first row lies outside 0 to 2^39.");
        uint threshold = (uint)MathF.Round(keepProbability * 65536f);
        if (Kernels.Active == InstructionSet.Reference)
            DropoutReference.FillMask(mask, rows, columns, threshold, stream, firstRow);
        else
            DropoutBits.FillMask(mask, rows, columns, threshold, stream, firstRow, gang ?? WorkerGang.Single);
    }

    /// <summary>y = x * scale where the mask keeps, else 0.</summary>
    /// <param name="x">The matrix, [rows, columns].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="scale">The factor of the kept elements, as a rule one over the keep probability.</param>
    /// <param name="y">The result, [rows, columns]; may be x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Apply(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<uint> mask, float scale, Span<float> y, int ldy, int rows, int columns,
        WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(rows, columns);
        Guard.Matrix(x.Length, ldx, rows, columns, nameof(x));
        Guard.Matrix(y.Length, ldy, rows, columns, nameof(y));
        Guard.Length(mask.Length, (long)rows * MaskStride(columns), nameof(mask));
        if (rows == 0 || columns == 0)
            return;
        if (Kernels.Active == InstructionSet.Reference)
        {
            DropoutReference.Apply(x, ldx, mask, scale, y, ldy, rows, columns);
            return;
        }

        fixed (float* px = x, py = y)
        fixed (uint* pMask = mask)
        {
            MapArguments arguments = new() { X = px, XRow = ldx, Result = py, ResultRow = ldy, Mask = pMask, Rows = rows, Columns = columns };
            ActivationMaps.Forward(arguments, Activation.Identity, scale, gang);
        }
    }
}
