namespace Adversarial.Numerics;

/// <summary>When B is copied panel by panel.</summary>
internal enum PackOrder
{
    /// <summary>Never, but for a ragged last panel, which is kept.</summary>
    InPlace,

    /// <summary>Each panel of each depth block just before its only use, so that it is still in the first cache.</summary>
    InTime,

    /// <summary>Just before the first use, and kept for other row blocks.</summary>
    Kept,
}

/// <summary>The blocks into which a product of so many rows is cut, and which of its factors are copied into the order of their use.</summary>
internal readonly unsafe struct GemmCut
{
    /// <summary>A copy of B has at most so many floats, or it would push everything else out of the caches.</summary>
    public const int PackedFloats = 1 << 20;

    /// <summary>A B of so few floats, gaps included, stays in the first cache as it is.</summary>
    public const int SmallB = 4096;

    /// <summary>The most floats of a packed block of A.</summary>
    public const int PackedBlockFloats = 3 << 15;

    // A block of A stays in the second cache, with room for what passes by. Where it is read across its rows, every step of a tile is
    // another cache line, and only so many stay at hand for the next tile; where it is copied, all rows are taken at once if they are few,
    // and the copy is bounded.
    private const int BlockFloats = 1 << 15;
    private const int MostRows = 96;
    private const int LeastRows = 24;
    private const int StridedRows = 192;
    private const int StridedDepth = 96;
    private const int PackedRows = 192;
    private const int MostPackedRows = 256;

    // Below this many rows a copy of B costs more than its better order saves.
    private const int RowsWorthPacking = 96;
    private const int RowsWorthPackingCrowded = 24;

    // Steps of B that lie a multiple of so many floats apart crowd into a part of the first cache.
    private const int Crowding = 64;

    // Fewer columns use an element of A too seldom to copy it first.
    private const int ColumnsWorthPacking = 256;
    private const int ColumnsWorthPackingCrowded = 128;

    // Panels of three vectors take fewer instructions a multiply-add than those of two, as long as they stay in the first cache: longer sums
    // come back to C instead. A B in place comes too slowly.
    private const int DepthOfWidePanels = 256;

    /// <summary>Cuts <paramref name="rows"/> of a product for vectors of <paramref name="width"/> floats.</summary>
    public GemmCut(ref readonly Product product, int rows, int width)
    {
        int depth = product.Depth;
        bool packsB = product.Copy != null || product.BTransposed || IsWorthPacking(in product, rows, width);
        IsWide = product.AStep == 1 && (packsB || IsSmall(in product));
        PacksA = product.ARow == 1 && product.AStep != 1
            && product.Columns >= (product.AStep % Crowding == 0 ? ColumnsWorthPackingCrowded : ColumnsWorthPacking);
        // A panel of two vectors comes from the second cache as fast as it is needed; deeper sums come back to C less often.
        int deepest = IsWide ? DepthOfWidePanels : Math.Min(1024, 8192 / width);
        if (PacksA)
        {
            Rows = rows <= MostPackedRows ? MostPackedRows : PackedRows;
            Depth = rows <= MostPackedRows ? Math.Min(deepest, PackedBlockFloats / rows & ~3) : PackedBlockFloats / PackedRows;
        }
        else if (product.AStep == 1)
        {
            Rows = Math.Clamp(BlockFloats / Math.Clamp(depth, 1, deepest) / 6 * 6, LeastRows, MostRows);
            Depth = deepest;
        }
        else
        {
            (Rows, Depth) = (StridedRows, StridedDepth);
        }

        Order = product.Copy != null || (packsB && rows > Rows) ? PackOrder.Kept : packsB ? PackOrder.InTime : PackOrder.InPlace;
    }

    /// <summary>The most rows of a block.</summary>
    public int Rows { get; }

    /// <summary>The most steps of the depth in a block.</summary>
    public int Depth { get; }

    /// <summary>Whether blocks of A are copied.</summary>
    public bool PacksA { get; }

    /// <summary>When B is copied.</summary>
    public PackOrder Order { get; }

    /// <summary>Whether panels have three vectors.</summary>
    public bool IsWide { get; }

    /// <summary>The vectors of the next panel when so many are left.</summary>
    public int PanelVectors(int left) => IsWide && left != 4 || left == 3 && !PacksA ? Math.Min(left, 3) : Math.Min(left, 2);

    /// <summary>The floats of a copy of so many columns of B.</summary>
    public static nuint CopyLength(int depth, int columns, int width) => (nuint)Math.Max(depth, 1) * (nuint)((columns + width - 1) / width * width);

    private static bool IsSmall(ref readonly Product product) => (product.Depth - 1) * product.BStep + product.Columns <= SmallB;

    private static bool IsWorthPacking(ref readonly Product product, int rows, int width)
    {
        if (IsSmall(in product))
            return false;
        bool crowded = product.BStep % Crowding == 0 && product.Columns > width;
        return rows >= (crowded ? RowsWorthPackingCrowded : RowsWorthPacking);
    }
}
