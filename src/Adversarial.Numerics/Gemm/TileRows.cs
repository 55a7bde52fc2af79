namespace Adversarial.Numerics;

/// <summary>Runs a panel's tiles, choosing the kernel that was compiled for their size and finish.</summary>
internal static unsafe class TileRows<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <param name="panel">The panel; a row stride of A equal to the depth and a step of 0 say that A is packed tile by tile.</param>
    /// <param name="a">The block's first element of A.</param>
    /// <param name="c">The block's and panel's first element of C.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="vectors">The panel's vectors.</param>
    /// <param name="finish">What is done before storing.</param>
    public static void Run(TilePanel* panel, float* a, float* c, int rows, int vectors, Finish finish)
    {
        // The weight gradient's layouts come without a finish: so many kernels less for a compiler ahead of time.
        bool whole = panel->Last == TSimd.Count;
        if (panel->AStep == 1 && whole)
            Run<WholeEdge>(panel, a, c, rows, vectors, finish);
        else if (panel->AStep == 1)
            Run<RaggedEdge>(panel, a, c, rows, vectors, finish);
        else if (panel->AStep == 0 && whole)
            Run<PackedLayout, WholeEdge, PlainFinish>(panel, a, c, rows, vectors);
        else if (panel->AStep == 0)
            Run<PackedLayout, RaggedEdge, PlainFinish>(panel, a, c, rows, vectors);
        else if (whole)
            Run<StepLayout, WholeEdge, PlainFinish>(panel, a, c, rows, vectors);
        else
            Run<StepLayout, RaggedEdge, PlainFinish>(panel, a, c, rows, vectors);
    }

    private static void Run<TEdge>(TilePanel* panel, float* a, float* c, int rows, int vectors, Finish finish)
        where TEdge : struct, IEdge
    {
        switch (finish)
        {
            case Finish.Bias:
                Run<RowLayout, TEdge, BiasFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Relu:
                Run<RowLayout, TEdge, ReluFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Leaky:
                Run<RowLayout, TEdge, LeakyFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Scaled:
                Run<RowLayout, TEdge, ScaledFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.ScaledRelu:
                Run<RowLayout, TEdge, ScaledReluFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.ScaledLeaky:
                Run<RowLayout, TEdge, ScaledLeakyFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.ReluBack:
                Run<RowLayout, TEdge, ReluBackFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.LeakyBack:
                Run<RowLayout, TEdge, LeakyBackFinish>(panel, a, c, rows, vectors);
                break;
            default:
                Run<RowLayout, TEdge, PlainFinish>(panel, a, c, rows, vectors);
                break;
        }
    }

    private static void Run<TLayout, TEdge, TFinish>(TilePanel* panel, float* a, float* c, int rows, int vectors)
        where TLayout : struct, ILayout
        where TEdge : struct, IEdge
        where TFinish : struct, IFinish
    {
        int full = panel->AStep == 0 ? TileSplit.Tall : vectors == 3 ? TileSplit.Flat : vectors == 2 ? TileSplit.Tall : TileSplit.Narrow;
        for (int first = 0; first < rows;)
        {
            int left = rows - first, height = TileSplit.Height(left, full), tiles = TileSplit.Tiles(left, full);
            float* ai = a + first * panel->ARow, ci = c + first * panel->CRow;
            switch (vectors)
            {
                case 1:
                    Tiles<TLayout, Vectors1, TEdge, TFinish>(panel, ai, ci, first, tiles, height);
                    break;
                case 2:
                    Tiles<TLayout, Vectors2, TEdge, TFinish>(panel, ai, ci, first, tiles, height);
                    break;
                default:
                    Tiles<TLayout, Vectors3, TEdge, TFinish>(panel, ai, ci, first, tiles, height);
                    break;
            }

            first += tiles * height;
        }
    }

    private static void Tiles<TLayout, TVectors, TEdge, TFinish>(TilePanel* panel, float* a, float* c, int first, int tiles, int height)
        where TLayout : struct, ILayout
        where TVectors : struct, IVectors
        where TEdge : struct, IEdge
        where TFinish : struct, IFinish
    {
        switch (height)
        {
            case 1:
                TileKernel<TSimd, TVector, TLayout, Rows1, TVectors, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 2:
                TileKernel<TSimd, TVector, TLayout, Rows2, TVectors, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 3:
                TileKernel<TSimd, TVector, TLayout, Rows3, TVectors, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 4:
                TileKernel<TSimd, TVector, TLayout, Rows4, TVectors, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 5:
                TileKernel<TSimd, TVector, TLayout, Rows5, TVectors, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 6:
                TileKernel<TSimd, TVector, TLayout, Rows6, TVectors, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            case 7:
                TileKernel<TSimd, TVector, TLayout, Rows7, Vectors1, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
            default:
                TileKernel<TSimd, TVector, TLayout, Rows8, Vectors1, TEdge, TFinish>.Run(panel, a, c, first, tiles);
                break;
        }
    }
}
