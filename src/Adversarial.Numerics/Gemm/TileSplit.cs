using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>How a block's rows fall into tiles: the same for packing and for computing.</summary>
internal static class TileSplit
{
    /// <summary>Rows of a tile of one vector: as many sums as two multiply-adds a cycle with a latency of four need.</summary>
    public const int Narrow = 8;

    /// <summary>Rows of a tile of two vectors: twelve sums and their operands fill sixteen registers.</summary>
    public const int Tall = 6;

    /// <summary>Rows of a tile of three vectors.</summary>
    public const int Flat = 4;

    /// <summary>
    /// The height of the next tile. Two tiles of half the rest keep more multiply-adds in flight than a full one and a sliver.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Height(int left, int height) => left >= 2 * height || left == height ? height : left > height ? (left + 1) / 2 : left;

    /// <summary>How many tiles of that height follow one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Tiles(int left, int height)
    {
        if (left < 2 * height)
            return 1;
        int tiles = left / height;
        return tiles * height == left ? tiles : tiles - 1;
    }
}
