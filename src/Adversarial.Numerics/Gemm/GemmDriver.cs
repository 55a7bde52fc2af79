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
    // In front of the packed panels: a padded bias and its factors, and room for the ragged edge of a tile.
    private const int PaddedLength = 3 * 16;
    private const int RaggedLength = TileSplit.Narrow * 16;
    private const int Front = 2 * PaddedLength + RaggedLength;

    /// <summary>Computes the rows from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static void Run(ref readonly Product product, int first, int end)
    {
        int width = TSimd.Count, depth = product.Depth;
        GemmCut cut = new(in product, end - first, width);
        bool copies = cut.Order == PackOrder.Kept && product.Copy == null;
        int fit = copies ? Math.Max(2 * width, GemmCut.PackedFloats / Math.Max(depth, 1) / (2 * width) * (2 * width)) : product.Columns;
        int columnBlock = Math.Min(product.Columns, fit);
        nuint packedB = GemmCut.CopyLength(depth, (copies ? columnBlock : 0) + 3 * width, width);
        nuint packedA = cut.PacksA ? (nuint)GemmCut.PackedBlockFloats : 0;
        nuint sums = product.ColumnSums != null && product.FirstSum < product.EndSum ? (nuint)ColumnSums<TSimd, TVector>.Length(columnBlock) : 0;
        float* buffer = PackBuffer.Get(Front + packedB + packedA + sums), panels = buffer + Front + packedA;
        Block block = new() { Cut = cut, Front = buffer, PackedA = buffer + Front, PackedB = product.Copy != null ? product.Copy : panels };
        for (int column = 0; column < product.Columns; column += columnBlock)
        {
            block.Column = column;
            block.Columns = Math.Min(columnBlock, product.Columns - column);
            for (int row = first; row < end; row += block.Rows)
            {
                block.Row = row;
                block.IsFirst = row == first;
                block.Sums = block.IsFirst && sums > 0 ? panels + packedB : null;
                int left = end - row;
                block.Rows = left <= cut.Rows ? left : left < 2 * cut.Rows ? (left + 11) / 12 * 6 : cut.Rows;
                Depths(in product, ref block);
                if (column + columnBlock >= product.Columns)
                    GemmFinish.Run(in product, row, row + block.Rows);
            }
        }
    }

    private struct Block
    {
        public GemmCut Cut;
        public float* Front;
        public float* PackedA;
        public float* PackedB;
        public float* Sums;
        public bool IsFirst;
        public int Row;
        public int Rows;
        public int Column;
        public int Columns;
    }

    private static void Depths(ref readonly Product product, ref Block block)
    {
        // Equally deep but for the last, a multiple of the four steps that the column sums take at a time, and never deeper than is allowed.
        int blocks = Math.Max(1, (product.Depth + block.Cut.Depth - 1) / block.Cut.Depth);
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
            if (block.Cut.PacksA)
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
            int vectors = block.Cut.PanelVectors(left), at = block.Column + column;
            panel->Last = Math.Min(width, block.Columns - column - (vectors - 1) * width);
            if (InPlace(in product, in block, panel, from))
            {
                panel->B = product.B + from * product.BStep + at;
                panel->BStep = product.BStep;
            }
            else
            {
                panel->B = block.Cut.Order == PackOrder.InTime ? packed : packed + (nint)from * vectors * width;
                panel->BStep = vectors * width;
                if (block.Cut.Order == PackOrder.InTime || (block.IsFirst && !product.IsCopied))
                    PanelPacking<TSimd, TVector>.Run(in product, at, from, panel->Depth, vectors, panel->Last, panel->B);
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
            if (block.Cut.Order == PackOrder.Kept)
                packed += (nint)product.Depth * vectors * width;
            column += vectors * width;
            left -= vectors;
        }
    }

    // A ragged panel too can be read in place, on into the next row, where there is a next row.
    private static bool InPlace(ref readonly Product product, ref readonly Block block, TilePanel* panel, int from) => block.Cut.Order switch
    {
        PackOrder.InPlace => panel->Last == TSimd.Count,
        PackOrder.InTime => !product.BTransposed && panel->Depth * product.BStep <= GemmCut.SmallB
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
