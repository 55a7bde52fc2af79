using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// Copies a panel of B so that its steps lie one behind the other, in whole vectors. What stands in the lanes past the last column
/// is of no importance: those lanes never reach C.
/// </summary>
internal static unsafe class PanelPacking<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Copies the panels of a product's B that a part of a job has to, each over the whole depth, and adds up their columns.</summary>
    public static void Run(ref readonly Product product, in GemmCut cut, int part, int parts)
    {
        int width = TSimd.Count, left = (product.Columns + width - 1) / width;
        float* packed = product.Copy, sums = stackalloc float[4 * 3 * 16];
        for (int column = 0, number = 0; column < product.Columns; number++)
        {
            int vectors = cut.PanelVectors(left);
            if (number % parts == part)
            {
                int last = Math.Min(width, product.Columns - column - (vectors - 1) * width);
                Run(in product, column, 0, product.Depth, vectors, last, packed);
                if (product.ColumnSums != null)
                {
                    ColumnSums<TSimd, TVector>.Add(packed, vectors * width, product.Depth, vectors, begins: true, sums);
                    ColumnSums<TSimd, TVector>.Finish(sums, vectors, last, product.ColumnSums + column, product.Load);
                }
            }

            packed += (nint)product.Depth * vectors * width;
            column += vectors * width;
            left -= vectors;
        }
    }

    /// <summary>Copies a depth block of the panel that begins at a column.</summary>
    public static void Run(ref readonly Product product, int column, int from, int depth, int vectors, int last, float* packed)
    {
        if (product.BTransposed)
        {
            Transpose(product.B + column * product.BStep + from, product.BStep, depth, vectors, last, packed);
            return;
        }

        float* end = product.B + (product.Depth - 1) * product.BStep + product.Columns;
        Copy(product.B + from * product.BStep + column, product.BStep, depth, vectors, last, end, packed);
    }

    /// <param name="b">The panel's first element.</param>
    /// <param name="step">From one step to the next in b.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="vectors">The panel's vectors.</param>
    /// <param name="last">The columns of the last vector that exist.</param>
    /// <param name="end">The end of the memory that may be read.</param>
    /// <param name="packed">The target.</param>
    private static void Copy(float* b, nint step, int depth, int vectors, int last, float* end, float* packed)
    {
        // Reading on into the next row is harmless and cheaper than a masked load; past the matrix it is not.
        int safe = SafeSteps(b + vectors * TSimd.Count, step, depth, end);
        switch (vectors)
        {
            case 1:
                Whole<Vectors1>(b, step, safe, packed);
                break;
            case 2:
                Whole<Vectors2>(b, step, safe, packed);
                break;
            default:
                Whole<Vectors3>(b, step, safe, packed);
                break;
        }

        int width = TSimd.Count;
        for (int k = safe; k < depth; k++)
        {
            float* source = b + k * step, target = packed + k * vectors * width;
            for (int v = 0; v < vectors; v++)
                TSimd.Store(v == vectors - 1 ? TSimd.LoadPartial(source + v * width, last) : TSimd.Load(source + v * width), target + v * width);
        }
    }

    /// <summary>How many of the steps may be read in whole vectors up to <paramref name="edge"/> without passing the end.</summary>
    public static int SafeSteps(float* edge, nint step, int depth, float* end)
    {
        int safe = depth;
        while (safe > 0 && edge + (safe - 1) * step > end)
            safe--;
        return safe;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whole<TVectors>(float* b, nint step, int depth, float* packed)
        where TVectors : struct, IVectors
    {
        int width = TSimd.Count;
        int k = depth;
        for (; k >= 2; k -= 2)
        {
            TVector x0 = TSimd.Load(b), y0 = TSimd.Load(b + step);
            TSimd.Store(x0, packed);
            TSimd.Store(y0, packed + TVectors.Count * width);
            if (TVectors.Count > 1)
            {
                TVector x1 = TSimd.Load(b + width), y1 = TSimd.Load(b + step + width);
                TSimd.Store(x1, packed + width);
                TSimd.Store(y1, packed + (TVectors.Count + 1) * width);
            }

            if (TVectors.Count > 2)
            {
                TVector x2 = TSimd.Load(b + 2 * width), y2 = TSimd.Load(b + step + 2 * width);
                TSimd.Store(x2, packed + 2 * width);
                TSimd.Store(y2, packed + (TVectors.Count + 2) * width);
            }

            b += 2 * step;
            packed += 2 * TVectors.Count * width;
        }

        if (k > 0)
        {
            for (int v = 0; v < TVectors.Count; v++)
                TSimd.Store(TSimd.Load(b + v * width), packed + v * width);
        }
    }

    // The same for a B that is stored transposed: row j of b holds column j of the panel.
    private static void Transpose(float* b, nint row, int depth, int vectors, int last, float* packed)
    {
        nint width = vectors * TSimd.Count;
        Transposition.Run(b, row, (int)width - TSimd.Count + last, depth, packed, width);
    }
}
