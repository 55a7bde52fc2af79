using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>
/// Copies a block of an A that is read across its rows (the weight gradient's), tile by tile, each tile's steps one behind the
/// other: one stream instead of a cache line and a page for every step.
/// </summary>
internal static unsafe class BlockPacking
{
    // Of so many steps the first cache holds all rows until every tile has taken its own.
    private const int StepsAtATime = 16;

    /// <param name="a">The block's first element; the tile's rows lie side by side.</param>
    /// <param name="step">From one step to the next in a.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="depth">The block's steps.</param>
    /// <param name="packed">The target: rows * depth floats.</param>
    public static void Run(float* a, nint step, int rows, int depth, float* packed)
    {
        for (int from = 0; from < depth; from += StepsAtATime)
        {
            int steps = Math.Min(StepsAtATime, depth - from);
            for (int first = 0; first < rows;)
            {
                int height = TileSplit.Height(rows - first, TileSplit.Tall);
                float* source = a + from * step + first, target = packed + (nint)first * depth + from * height;
                if (height == TileSplit.Tall)
                    Tall(source, step, steps, target);
                else
                    Low(source, step, height, steps, target);
                first += height;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tall(float* a, nint step, int steps, float* packed)
    {
        nint stepBytes = step * sizeof(float), step2 = 2 * stepBytes, step3 = 3 * stepBytes;
        byte* p = (byte*)a;
        int k = steps - 4;
        for (; k >= 0; k -= 4)
        {
            Six(p, packed);
            Six(p + stepBytes, packed + TileSplit.Tall);
            Six(p + step2, packed + 2 * TileSplit.Tall);
            Six(p + step3, packed + 3 * TileSplit.Tall);
            p += 4 * stepBytes;
            packed += 4 * TileSplit.Tall;
        }

        for (k += 4; k > 0; k--)
        {
            Six(p, packed);
            p += stepBytes;
            packed += TileSplit.Tall;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Six(byte* source, float* target)
    {
        Vector128.Load((float*)source).Store(target);
        *(long*)(target + 4) = *(long*)((float*)source + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Low(float* a, nint step, int height, int steps, float* packed)
    {
        for (; steps > 0; steps--)
        {
            int i = 0;
            if (height >= 4)
            {
                Vector128.Load(a).Store(packed);
                i = 4;
            }

            if ((height & 2) != 0)
            {
                *(long*)(packed + i) = *(long*)(a + i);
                i += 2;
            }

            if ((height & 1) != 0)
                packed[i] = a[i];
            a += step;
            packed += height;
        }
    }
}
