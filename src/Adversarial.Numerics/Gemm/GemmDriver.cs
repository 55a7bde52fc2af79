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
                TilePanel panel = new()
                {
                    ARow = product.ARow,
                    AStep = product.AStep,
                    CRow = product.CRow,
                    Depth = to - from,
                    Load = product.Load || block > 0,
                    Bend = done ? BendOf(product.Activation.Kind) : Bend.None,
                    Slope = product.Activation.Slope,
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
                    panel.Bias = !done || product.Bias == null ? null : product.Bias + column;
                    if (panel.Bias != null && panel.Last < width)
                    {
                        Unsafe.CopyBlockUnaligned(bias, panel.Bias, (uint)((vectors - 1) * width + panel.Last) * sizeof(float));
                        panel.Bias = bias;
                    }

                    Rows(&panel, a, c + column, rows, vectors);
                    column += vectors * width;
                    left -= vectors;
                }
            }

            GemmFinish.Run(in product, row, row + rows);
            row += rows;
        }
    }

    private static Bend BendOf(ActivationKind kind) => kind switch
    {
        ActivationKind.Relu => Bend.Relu,
        ActivationKind.LeakyRelu => Bend.Leaky,
        _ => Bend.None,
    };

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

    private static void Rows(TilePanel* panel, float* a, float* c, int rows, int vectors)
    {
        int height = vectors == 3 ? 4 : 6;
        int full = rows < 2 * height ? (rows == height ? 1 : 0) : rows / height - 1;
        if (full > 0)
        {
            Tiles(panel, a, c, full, height, vectors);
            a += full * height * panel->ARow;
            c += full * height * panel->CRow;
            rows -= full * height;
        }

        // Two tiles of half the rest keep more multiply-adds in flight than a full one and a sliver.
        while (rows > 0)
        {
            int part = rows == height ? height : rows > height ? (rows + 1) / 2 : rows;
            Tiles(panel, a, c, 1, part, vectors);
            a += part * panel->ARow;
            c += part * panel->CRow;
            rows -= part;
        }
    }

    private static void Tiles(TilePanel* panel, float* a, float* c, int tiles, int height, int vectors)
    {
        switch (vectors)
        {
            case 1:
                Tiles<One>(panel, a, c, tiles, height);
                break;
            case 2:
                Tiles<Two>(panel, a, c, tiles, height);
                break;
            default:
                Tiles<Three>(panel, a, c, tiles, height);
                break;
        }
    }

    private static void Tiles<TVectors>(TilePanel* panel, float* a, float* c, int tiles, int height)
        where TVectors : struct, ICount
    {
        switch (height)
        {
            case 1:
                TileKernel<TSimd, TVector, One, TVectors>.Run(panel, a, c, tiles);
                break;
            case 2:
                TileKernel<TSimd, TVector, Two, TVectors>.Run(panel, a, c, tiles);
                break;
            case 3:
                TileKernel<TSimd, TVector, Three, TVectors>.Run(panel, a, c, tiles);
                break;
            case 4:
                TileKernel<TSimd, TVector, Four, TVectors>.Run(panel, a, c, tiles);
                break;
            case 5:
                TileKernel<TSimd, TVector, Five, TVectors>.Run(panel, a, c, tiles);
                break;
            default:
                TileKernel<TSimd, TVector, Six, TVectors>.Run(panel, a, c, tiles);
                break;
        }
    }
}
