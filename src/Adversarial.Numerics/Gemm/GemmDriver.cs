using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// Cuts a product into row blocks, depth blocks and column panels that fit the caches, and tiles that fit the registers. Only the order
/// of the work is chosen here: every element's chain of additions is the same in all cuts.
/// </summary>
internal static unsafe class GemmDriver<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    // A block of A stays in the second cache, with room for what passes by. Where it is read across its rows, every step of a tile is
    // another cache line, and only so many stay at hand for the next tile; where it is copied, all rows are taken at once if they are few,
    // and the copy is bounded.
    private const int BlockFloats = 1 << 15;
    private const int RowBlock = 96;
    private const int LeastRowBlock = 24;
    private const int StridedRowBlock = 192;
    private const int StridedDepthBlock = 96;
    private const int PackedRowBlock = 192;
    private const int MostPackedRows = 256;
    private const int PackedBlockFloats = 3 << 15;

    // Packed columns of B: at most so many floats, or a copy of a large B would push everything else out of the caches.
    private const int PackedFloats = 1 << 20;

    // Below this many rows a copy of B costs more than its better order saves; and a B that small stays in the first cache as it is.
    private const int RowsWorthPacking = 96;
    private const int RowsWorthPackingCrowded = 24;
    private const int SmallB = 4096;

    // Steps of B that lie a multiple of so many floats apart crowd into a part of the first cache.
    private const int Crowding = 64;

    // Fewer columns use an element of A too seldom to copy it first.
    private const int ColumnsWorthPacking = 256;
    private const int ColumnsWorthPackingCrowded = 128;

    // Panels of three vectors take fewer instructions a multiply-add than those of two; deeper ones, and a B in place, come too slowly.
    private const int DepthOfWidePanels = 256;

    // In front of the packed panels: a padded bias and its factors, and room for the ragged edge of a tile.
    private const int PaddedLength = 3 * 16;
    private const int RaggedLength = TileSplit.Narrow * 16;
    private const int Front = 2 * PaddedLength + RaggedLength;

    // A panel of B so deep comes from the second cache as fast as it is needed; deeper sums come back to C less often.
    private static int DepthBlock => Math.Min(1024, 8192 / TSimd.Count);

    /// <summary>Computes the rows from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static void Run(ref readonly Product product, int first, int end)
    {
        int width = TSimd.Count, depth = product.Depth;
        bool packA = product.ARow == 1 && product.AStep != 1
            && product.Columns >= (product.AStep % Crowding == 0 ? ColumnsWorthPackingCrowded : ColumnsWorthPacking);
        bool packB = product.BTransposed || WorthPacking(in product, end - first);
        (int rowBlock, int depthBlock) = packA ? PackedCut(end - first) : product.AStep == 1 ? PlainCut(depth) : (StridedRowBlock, StridedDepthBlock);
        bool kept = packB && end - first > rowBlock;
        int fit = kept ? Math.Max(2 * width, PackedFloats / Math.Max(depth, 1) / (2 * width) * (2 * width)) : product.Columns;
        int columnBlock = Math.Min(product.Columns, fit);
        nuint packedB = (nuint)Math.Max(depth, 1) * (nuint)((kept ? columnBlock : 0) + 3 * width);
        nuint packedA = packA ? (nuint)PackedBlockFloats : 0;
        nuint sums = product.ColumnSums != null && product.FirstSum < product.EndSum ? (nuint)ColumnSums<TSimd, TVector>.Length(columnBlock) : 0;
        float* buffer = PackBuffer.Get(Front + packedB + packedA + sums);
        Block block = new() { DepthBlock = depthBlock, Front = buffer, PackedA = packA ? buffer + Front : null, PackedB = buffer + Front + packedA };
        block.IsWide = product.AStep == 1 && depth <= DepthOfWidePanels && (packB || IsSmall(in product));
        block.Order = kept ? PackOrder.Kept : packB ? PackOrder.InTime : PackOrder.InPlace;
        for (int column = 0; column < product.Columns; column += columnBlock)
        {
            block.Column = column;
            block.Columns = Math.Min(columnBlock, product.Columns - column);
            for (int row = first; row < end; row += block.Rows)
            {
                block.Row = row;
                block.IsFirst = row == first;
                block.Sums = block.IsFirst && sums > 0 ? block.PackedB + packedB : null;
                int left = end - row;
                block.Rows = left <= rowBlock ? left : left < 2 * rowBlock ? (left + 11) / 12 * 6 : rowBlock;
                Depths(in product, ref block);
                if (column + columnBlock >= product.Columns)
                    GemmFinish.Run(in product, row, row + block.Rows);
            }
        }
    }

    private static (int Rows, int Depth) PlainCut(int depth) =>
        (Math.Clamp(BlockFloats / Math.Clamp(depth, 1, DepthBlock) / 6 * 6, LeastRowBlock, RowBlock), DepthBlock);

    private static (int Rows, int Depth) PackedCut(int rows) =>
        rows <= MostPackedRows ? (MostPackedRows, Math.Min(DepthBlock, PackedBlockFloats / rows & ~3)) : (PackedRowBlock, PackedBlockFloats / PackedRowBlock);

    private static bool WorthPacking(ref readonly Product product, int rows)
    {
        if (IsSmall(in product))
            return false;
        bool crowded = product.BStep % Crowding == 0 && product.Columns > TSimd.Count;
        return rows >= (crowded ? RowsWorthPackingCrowded : RowsWorthPacking);
    }

    private static bool IsSmall(ref readonly Product product) => (product.Depth - 1) * product.BStep + product.Columns <= SmallB;

    /// <summary>When B is packed.</summary>
    private enum PackOrder
    {
        /// <summary>Never, but for a ragged last panel, which is kept.</summary>
        InPlace,

        /// <summary>Each panel of each depth block just before its only use, so that it is still in the first cache.</summary>
        InTime,

        /// <summary>Just before the first use, and kept for other row blocks.</summary>
        Kept,
    }

    private struct Block
    {
        public int DepthBlock;
        public float* Front;
        public float* PackedA;
        public float* PackedB;
        public PackOrder Order;
        public bool IsWide;
        public float* Sums;
        public bool IsFirst;
        public int Row;
        public int Rows;
        public int Column;
        public int Columns;
    }

    /// <summary>The vectors of the next panel when so many are left.</summary>
    private static int PanelVectors(int left, ref readonly Block block) =>
        block.IsWide && left != 4 || left == 3 && block.PackedA == null ? Math.Min(left, 3) : Math.Min(left, 2);

    private static void Pack(ref readonly Product product, int column, int from, int depth, int vectors, int last, float* packed)
    {
        if (product.BTransposed)
        {
            PanelPacking<TSimd, TVector>.Transpose(product.B + column * product.BStep + from, product.BStep, depth, vectors, last, packed);
            return;
        }

        float* end = product.B + (product.Depth - 1) * product.BStep + product.Columns;
        PanelPacking<TSimd, TVector>.Copy(product.B + from * product.BStep + column, product.BStep, depth, vectors, last, end, packed);
    }

    private static void Depths(ref readonly Product product, ref Block block)
    {
        // Equally deep but for the last, a multiple of the four steps that the column sums take at a time, and never deeper than is allowed.
        int blocks = Math.Max(1, (product.Depth + block.DepthBlock - 1) / block.DepthBlock);
        int depth = ((product.Depth + blocks - 1) / blocks + 3) & ~3;
        for (int i = 0; i < blocks; i++)
        {
            int from = Math.Min(i * depth, product.Depth), to = Math.Min(from + depth, product.Depth);
            Finish finish = to == product.Depth ? FinishOf(in product) : Finish.Plain;
            TilePanel panel = new()
            {
                ARow = product.ARow,
                AStep = product.AStep,
                CRow = product.CRow,
                Depth = to - from,
                Load = product.Load || i > 0,
                Slope = finish == Finish.LeakyBack ? product.ActivatedBy.Slope : product.Activation.Slope,
                ActivatedRow = product.ActivatedRow,
                Ragged = block.Front + 2 * PaddedLength,
            };
            float* a = product.A + block.Row * product.ARow + from * product.AStep;
            if (block.PackedA != null)
            {
                BlockPacking.Run(a, product.AStep, block.Rows, panel.Depth, block.PackedA);
                a = block.PackedA;
                panel.AStep = 0;
                panel.ARow = panel.Depth;
            }

            Panels(in product, in block, &panel, a, from, finish);
            if (to == product.Depth)
                break;
        }
    }

    // Kept panels of B lie one behind the other, each over the whole depth.
    private static void Panels(ref readonly Product product, ref readonly Block block, TilePanel* panel, float* a, int from, Finish finish)
    {
        int width = TSimd.Count, left = (block.Columns + width - 1) / width;
        float* packed = block.PackedB, sums = block.Sums;
        for (int column = 0; column < block.Columns;)
        {
            int vectors = PanelVectors(left, in block), at = block.Column + column;
            panel->Last = Math.Min(width, block.Columns - column - (vectors - 1) * width);
            if (InPlace(in product, in block, panel, from))
            {
                panel->B = product.B + from * product.BStep + at;
                panel->BStep = product.BStep;
            }
            else
            {
                panel->B = block.Order == PackOrder.InTime ? packed : packed + (nint)from * vectors * width;
                panel->BStep = vectors * width;
                if (block.Order == PackOrder.InTime || block.IsFirst)
                    Pack(in product, at, from, panel->Depth, vectors, panel->Last, panel->B);
            }

            if (sums != null && at >= product.FirstSum && at < product.EndSum)
            {
                ColumnSums<TSimd, TVector>.Add(panel->B, panel->BStep, panel->Depth, vectors, from == 0, sums);
                if (from + panel->Depth == product.Depth)
                    ColumnSums<TSimd, TVector>.Finish(sums, vectors, panel->Last, product.ColumnSums + at, product.Load);
                sums += ColumnSums<TSimd, TVector>.Length(vectors * width);
            }

            if (finish is >= Finish.Bias and <= Finish.ScaledLeaky)
            {
                int columns = (vectors - 1) * width + panel->Last;
                panel->Bias = Padded(product.Bias, at, columns, vectors * width, block.Front);
                if (product.Scale != null)
                    panel->Scale = Padded(product.Scale, at, columns, vectors * width, block.Front + PaddedLength);
            }

            panel->Activated = product.Activated == null ? null : product.Activated + block.Row * product.ActivatedRow + at;
            TileRows<TSimd, TVector>.Run(panel, a, product.C + block.Row * product.CRow + at, block.Rows, vectors, finish);
            if (block.Order == PackOrder.Kept)
                packed += (nint)product.Depth * vectors * width;
            column += vectors * width;
            left -= vectors;
        }
    }

    // A ragged panel too can be read in place, on into the next row, where there is a next row.
    private static bool InPlace(ref readonly Product product, ref readonly Block block, TilePanel* panel, int from) => block.Order switch
    {
        PackOrder.InPlace => panel->Last == TSimd.Count,
        PackOrder.InTime => !product.BTransposed && panel->Depth * product.BStep <= SmallB
            && (panel->Last == TSimd.Count || from + panel->Depth < product.Depth),
        _ => false,
    };

    private static Finish FinishOf(ref readonly Product product)
    {
        if (product.Activated != null)
        {
            return product.Mask != null ? Finish.Plain : product.ActivatedBy.Kind switch
            {
                ActivationKind.Relu => Finish.ReluBack,
                ActivationKind.LeakyRelu => Finish.LeakyBack,
                _ => Finish.Plain,
            };
        }

        bool scaled = product.Scale != null;
        return product.Activation.Kind switch
        {
            ActivationKind.Relu => scaled ? Finish.ScaledRelu : Finish.Relu,
            ActivationKind.LeakyRelu when product.Activation.IsMaximum => scaled ? Finish.ScaledLeaky : Finish.Leaky,
            _ => scaled ? Finish.Scaled : product.Bias == null ? Finish.Plain : Finish.Bias,
        };
    }

    // Some columns of a vector: in place where they fill the panel, else padded with zeros, which is also what no vector stands for.
    private static float* Padded(float* source, int column, int columns, int padded, float* buffer)
    {
        if (source != null && columns == padded)
            return source + column;
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)padded * sizeof(float));
        if (source != null)
            Unsafe.CopyBlockUnaligned(buffer, source + column, (uint)columns * sizeof(float));
        return buffer;
    }
}
