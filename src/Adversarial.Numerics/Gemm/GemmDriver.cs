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

    // Where A is read across its rows, every step is another cache line and perhaps another page: fewer of them stay at hand.
    private static readonly int StridedDepthBlock = int.Parse(Environment.GetEnvironmentVariable("SDB") ?? "96");

    // Below this many rows a copy of B costs more than its better order saves.
    private const int RowsWorthPacking = 24;

    /// <summary>Computes the rows from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    [SkipLocalsInit]
    public static void Run(ref readonly Product product, int first, int end)
    {
        int width = TSimd.Count;
        byte* memory = stackalloc byte[(DepthBlock + 1) * 3 * 16 * sizeof(float) + 64];
        float* bias = (float*)(((nuint)memory + 63) & ~(nuint)63);
        float* packed = bias + 3 * 16;
        int depthBlock = product.AStep == 1 ? DepthBlock : StridedDepthBlock;
        int depthBlocks = Math.Max(1, (product.Depth + depthBlock - 1) / depthBlock);
        for (int row = first; row < end;)
        {
            int rows = end - row < 2 * RowBlock ? end - row > RowBlock ? (end - row + 11) / 12 * 6 : end - row : RowBlock;
            for (int block = 0; block < depthBlocks; block++)
            {
                int from = (int)((long)product.Depth * block / depthBlocks), to = (int)((long)product.Depth * (block + 1) / depthBlocks);
                bool done = block == depthBlocks - 1;
                Finish finish = done ? FinishOf(in product) : Finish.Plain;
                TilePanel panel = new()
                {
                    ARow = product.ARow,
                    AStep = product.AStep,
                    CRow = product.CRow,
                    Depth = to - from,
                    Load = product.Load || block > 0,
                    Slope = finish == Finish.LeakyBack ? product.ActivatedBy.Slope : product.Activation.Slope,
                    ActivatedRow = product.ActivatedRow,
                };
                float* a = product.A + row * product.ARow + from * product.AStep;
                float* c = product.C + row * product.CRow;
                int left = (product.Columns + width - 1) / width;
                for (int column = 0; column < product.Columns;)
                {
                    int vectors = left == 3 ? 3 : Math.Min(left, 2);
                    bool edge = left == vectors;
                    panel.Last = edge ? product.Columns - column - (vectors - 1) * width : width;
                    Place(in product, ref panel, column, from, vectors, rows, packed);
                    if (finish is Finish.Bias or Finish.Relu or Finish.Leaky)
                        panel.Bias = BiasOf(in product, column, (vectors - 1) * width + panel.Last, vectors * width, bias);
                    panel.Activated = product.Activated == null ? null : product.Activated + row * product.ActivatedRow + column;
                    Rows(&panel, a, c + column, rows, vectors, finish);
                    column += vectors * width;
                    left -= vectors;
                }
            }

            GemmFinish.Run(in product, row, row + rows);
            row += rows;
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

    private static void Place(ref readonly Product product, ref TilePanel panel, int column, int from, int vectors, int rows, float* packed)
    {
        if (product.BTransposed)
        {
            float* b = product.B + column * product.BStep + from;
            PanelPacking<TSimd, TVector>.Transpose(b, product.BStep, panel.Depth, vectors, panel.Last, packed);
        }
        else
        {
            float* b = product.B + from * product.BStep + column;
            if (panel.Last == TSimd.Count && rows < RowsWorthPacking)
            {
                panel.B = b;
                panel.BStep = product.BStep;
                return;
            }

            float* end = product.B + (product.Depth - 1) * product.BStep + product.Columns;
            PanelPacking<TSimd, TVector>.Copy(b, product.BStep, panel.Depth, vectors, panel.Last, end, packed);
        }

        panel.B = packed;
        panel.BStep = vectors * TSimd.Count;
    }

    private static void Rows(TilePanel* panel, float* a, float* c, int rows, int vectors, Finish finish)
    {
        switch (finish)
        {
            case Finish.Bias:
                Rows<BiasFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Relu:
                Rows<ReluFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Leaky:
                Rows<LeakyFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.ReluBack:
                Rows<ReluBackFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.LeakyBack:
                Rows<LeakyBackFinish>(panel, a, c, rows, vectors);
                break;
            default:
                Rows<PlainFinish>(panel, a, c, rows, vectors);
                break;
        }
    }

    private static void Rows<TFinish>(TilePanel* panel, float* a, float* c, int rows, int vectors)
        where TFinish : struct, IFinish
    {
        int height = vectors == 3 ? 4 : 6, first = 0;
        while (first < rows)
        {
            // Two tiles of half the rest keep more multiply-adds in flight than a full one and a sliver.
            int left = rows - first, tiles = left >= 2 * height ? left / height - 1 : 1;
            int part = left >= 2 * height || left == height ? height : left > height ? (left + 1) / 2 : left;
            float* ai = a + first * panel->ARow, ci = c + first * panel->CRow;
            switch (vectors)
            {
                case 1:
                    Tiles<One, TFinish>(panel, ai, ci, first, tiles, part);
                    break;
                case 2:
                    Tiles<Two, TFinish>(panel, ai, ci, first, tiles, part);
                    break;
                default:
                    Tiles<Three, TFinish>(panel, ai, ci, first, tiles, part);
                    break;
            }

            first += tiles * part;
        }
    }

    private static void Tiles<TVectors, TFinish>(TilePanel* panel, float* a, float* c, int first, int tiles, int height)
        where TVectors : struct, ICount
        where TFinish : struct, IFinish
    {
        switch (height)
        {
            case 1:
                TileKernel<TSimd, TVector, One, TVectors, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 2:
                TileKernel<TSimd, TVector, Two, TVectors, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 3:
                TileKernel<TSimd, TVector, Three, TVectors, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 4:
                TileKernel<TSimd, TVector, Four, TVectors, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 5:
                TileKernel<TSimd, TVector, Five, TVectors, TFinish>.Run(panel, a, c, first, tiles);
                break;
            default:
                TileKernel<TSimd, TVector, Six, TVectors, TFinish>.Run(panel, a, c, first, tiles);
                break;
        }
    }
}
