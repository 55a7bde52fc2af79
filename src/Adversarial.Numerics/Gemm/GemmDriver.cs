using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// Cuts a product into row blocks that fit the second cache, depth blocks and column panels that fit the first, and tiles that
/// fit the registers. Only the order of the work is chosen here: every element's chain of additions is the same in all cuts.
/// </summary>
internal static unsafe class GemmDriver<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int DepthBlock = 256;
    private const int RowBlock = 192;

    // Packed columns of B: at most so many floats, or a copy of a large B would push everything else out of the caches.
    private const int PackedFloats = 1 << 20;

    // Below this many rows a copy of B costs more than its better order saves; and a B that small stays in the first cache as it is.
    private const int RowsWorthPacking = 24;
    private const int SmallB = 4096;

    // Fewer columns use an element of A too seldom to copy it first.
    private const int ColumnsWorthPacking = 96;

    private const int BiasLength = 3 * 16;

    /// <summary>Computes the rows from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static void Run(ref readonly Product product, int first, int end)
    {
        int width = TSimd.Count, depth = product.Depth;
        bool packA = product.ARow == 1 && product.AStep != 1 && product.Columns >= ColumnsWorthPacking;
        bool packB = product.BTransposed
            || (end - first >= RowsWorthPacking && (depth - 1) * product.BStep + product.Columns > SmallB);
        int fit = packB ? Math.Max(2 * width, PackedFloats / Math.Max(depth, 1) / (2 * width) * (2 * width)) : product.Columns;
        int columnBlock = Math.Min(product.Columns, fit);
        nuint packedB = (nuint)Math.Max(depth, 1) * (nuint)((packB ? columnBlock : 0) + 3 * width);
        nuint packedA = packA ? (nuint)(DepthBlock * RowBlock + BlockPacking<TSimd, TVector>.Slack) : 0;
        float* buffer = PackBuffer.Get(BiasLength + packedB + packedA);
        Block block = new() { Bias = buffer, PackedA = packA ? buffer + BiasLength : null, PackedB = buffer + BiasLength + packedA, PackB = packB };
        for (int column = 0; column < product.Columns; column += columnBlock)
        {
            block.Column = column;
            block.Columns = Math.Min(columnBlock, product.Columns - column);
            Pack(in product, in block);
            for (int row = first; row < end; row += block.Rows)
            {
                block.Row = row;
                int left = end - row;
                block.Rows = left <= RowBlock ? left : left < 2 * RowBlock ? (left + 11) / 12 * 6 : RowBlock;
                Depths(in product, ref block);
                if (column + columnBlock >= product.Columns)
                    GemmFinish.Run(in product, row, row + block.Rows);
            }
        }
    }

    private struct Block
    {
        public float* Bias;
        public float* PackedA;
        public float* PackedB;
        public bool PackB;
        public int Row;
        public int Rows;
        public int Column;
        public int Columns;
    }

    /// <summary>The vectors of the next panel when so many are left.</summary>
    private static int PanelVectors(int left, bool packedA) => left == 3 && !packedA ? 3 : Math.Min(left, 2);

    // Panels of B lie one behind the other, each over the whole depth; a B that is read in place has its last, ragged panel packed alone.
    private static void Pack(ref readonly Product product, ref readonly Block block)
    {
        int width = TSimd.Count, left = (block.Columns + width - 1) / width, depth = product.Depth;
        float* packed = block.PackedB, end = product.B + (depth - 1) * product.BStep + product.Columns;
        for (int column = 0; column < block.Columns;)
        {
            int vectors = PanelVectors(left, block.PackedA != null);
            int last = Math.Min(width, block.Columns - column - (vectors - 1) * width);
            int at = block.Column + column;
            if (product.BTransposed)
                PanelPacking<TSimd, TVector>.Transpose(product.B + at * product.BStep, product.BStep, depth, vectors, last, packed);
            else if (block.PackB || last < width)
                PanelPacking<TSimd, TVector>.Copy(product.B + at, product.BStep, depth, vectors, last, end, packed);
            if (block.PackB)
                packed += (nint)depth * vectors * width;
            column += vectors * width;
            left -= vectors;
        }
    }

    private static void Depths(ref readonly Product product, ref Block block)
    {
        int blocks = Math.Max(1, (product.Depth + DepthBlock - 1) / DepthBlock);
        for (int i = 0; i < blocks; i++)
        {
            int from = (int)((long)product.Depth * i / blocks), to = (int)((long)product.Depth * (i + 1) / blocks);
            Finish finish = i == blocks - 1 ? FinishOf(in product) : Finish.Plain;
            TilePanel panel = new()
            {
                ARow = product.ARow,
                AStep = product.AStep,
                CRow = product.CRow,
                Depth = to - from,
                Load = product.Load || i > 0,
                Slope = finish == Finish.LeakyBack ? product.ActivatedBy.Slope : product.Activation.Slope,
                ActivatedRow = product.ActivatedRow,
            };
            float* a = product.A + block.Row * product.ARow + from * product.AStep;
            if (block.PackedA != null)
            {
                float* end = product.A + (product.Depth - 1) * product.AStep + product.Rows;
                BlockPacking<TSimd, TVector>.Run(a, product.AStep, block.Rows, panel.Depth, end, block.PackedA);
                a = block.PackedA;
                panel.AStep = 0;
                panel.ARow = panel.Depth;
            }

            Panels(in product, in block, &panel, a, from, finish);
        }
    }

    private static void Panels(ref readonly Product product, ref readonly Block block, TilePanel* panel, float* a, int from, Finish finish)
    {
        int width = TSimd.Count, left = (block.Columns + width - 1) / width;
        float* packed = block.PackedB;
        for (int column = 0; column < block.Columns;)
        {
            int vectors = PanelVectors(left, block.PackedA != null), at = block.Column + column;
            panel->Last = Math.Min(width, block.Columns - column - (vectors - 1) * width);
            bool inPlace = !block.PackB && panel->Last == width;
            panel->BStep = inPlace ? product.BStep : vectors * width;
            panel->B = inPlace ? product.B + from * product.BStep + at : packed + (nint)from * vectors * width;
            if (finish is Finish.Bias or Finish.Relu or Finish.Leaky)
                panel->Bias = BiasOf(in product, at, (vectors - 1) * width + panel->Last, vectors * width, block.Bias);
            panel->Activated = product.Activated == null ? null : product.Activated + block.Row * product.ActivatedRow + at;
            TileRows<TSimd, TVector>.Run(panel, a, product.C + block.Row * product.CRow + at, block.Rows, vectors, finish);
            if (block.PackB)
                packed += (nint)product.Depth * vectors * width;
            column += vectors * width;
            left -= vectors;
        }
    }

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

        return product.Activation.Kind switch
        {
            ActivationKind.Relu => Finish.Relu,
            ActivationKind.LeakyRelu when product.Activation.IsMaximum => Finish.Leaky,
            _ => product.Bias == null ? Finish.Plain : Finish.Bias,
        };
    }

    private static float* BiasOf(ref readonly Product product, int column, int columns, int padded, float* buffer)
    {
        if (product.Bias != null && columns == padded)
            return product.Bias + column;
        Unsafe.InitBlockUnaligned(buffer, 0, (uint)padded * sizeof(float));
        if (product.Bias != null)
            Unsafe.CopyBlockUnaligned(buffer, product.Bias + column, (uint)columns * sizeof(float));
        return buffer;
    }
}
