using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// Copies a block of an A that is read across its rows (the weight gradient's), tile by tile, each tile's steps one behind the
/// other: one stream instead of a cache line and a page for every step.
/// </summary>
internal static unsafe class BlockPacking<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int GroupTiles = 8;

    /// <summary>Floats past the packed block that may be overwritten.</summary>
    public const int Slack = 16;

    /// <param name="a">The block's first element; the tile's rows lie side by side.</param>
    /// <param name="step">From one step to the next in a.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="depth">The block's steps.</param>
    /// <param name="end">The end of the memory that may be read.</param>
    /// <param name="packed">The target: rows * depth floats and some slack.</param>
    public static void Run(float* a, nint step, int rows, int depth, float* end, float* packed)
    {
        // Tiles in groups: a step's cache lines and page serve all of them.
        int first = 0;
        for (; rows - first >= (GroupTiles + 1) * TileSplit.Tall; first += GroupTiles * TileSplit.Tall)
            Group(a + first, step, depth, end, packed + (nint)first * depth);
        while (first < rows)
        {
            int height = TileSplit.Height(rows - first, TileSplit.Tall);
            Tile(a + first, step, height, depth, end, packed + (nint)first * depth);
            first += height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Group(float* a, nint step, int depth, float* end, float* packed)
    {
        // What a vector holds beyond its tile's rows falls on later steps' places, but not from the last steps: there the next tile begins.
        int span = TSimd.Count == 4 ? 8 : TSimd.Count, whole = depth - (span + TileSplit.Tall - 1) / TileSplit.Tall, k = 0;
        nint tile = (nint)TileSplit.Tall * depth;
        float* edge = end - (GroupTiles - 1) * TileSplit.Tall - span;
        for (; k < whole && a <= edge; k++)
        {
            float* source = a, target = packed;
            for (int i = 0; i < GroupTiles; i++)
            {
                TSimd.Store(TSimd.Load(source), target);
                if (TSimd.Count == 4)
                    TSimd.Store(TSimd.Load(source + 4), target + 4);
                source += TileSplit.Tall;
                target += tile;
            }

            a += step;
            packed += TileSplit.Tall;
        }

        for (; k < depth; k++)
        {
            for (int i = 0; i < GroupTiles * TileSplit.Tall; i++)
                packed[i / TileSplit.Tall * tile + i % TileSplit.Tall] = a[i];
            a += step;
            packed += TileSplit.Tall;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(float* a, nint step, int height, int depth, float* end, float* packed)
    {
        // Two vectors of four or one of eight cover a tile; what is too much is overwritten by the next step.
        int span = TSimd.Count == 4 ? 8 : TSimd.Count, k = 0;
        for (; k < depth && a + span <= end; k++)
        {
            TSimd.Store(TSimd.Load(a), packed);
            if (TSimd.Count == 4)
                TSimd.Store(TSimd.Load(a + 4), packed + 4);
            a += step;
            packed += height;
        }

        for (; k < depth; k++)
        {
            for (int i = 0; i < height; i++)
                packed[i] = a[i];
            a += step;
            packed += height;
        }
    }
}
