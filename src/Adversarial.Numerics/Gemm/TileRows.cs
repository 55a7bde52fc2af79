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
        switch (finish)
        {
            case Finish.Bias:
                Run<BiasFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Relu:
                Run<ReluFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.Leaky:
                Run<LeakyFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.ReluBack:
                Run<ReluBackFinish>(panel, a, c, rows, vectors);
                break;
            case Finish.LeakyBack:
                Run<LeakyBackFinish>(panel, a, c, rows, vectors);
                break;
            default:
                Run<PlainFinish>(panel, a, c, rows, vectors);
                break;
        }
    }

    private static void Run<TFinish>(TilePanel* panel, float* a, float* c, int rows, int vectors)
        where TFinish : struct, IFinish
    {
        int full = vectors == 3 ? TileSplit.Flat : TileSplit.Tall;
        for (int first = 0; first < rows;)
        {
            int left = rows - first, height = TileSplit.Height(left, full), tiles = TileSplit.Tiles(left, full);
            float* ai = a + first * panel->ARow, ci = c + first * panel->CRow;
            switch (vectors)
            {
                case 1:
                    Tiles<One, TFinish>(panel, ai, ci, first, tiles, height);
                    break;
                case 2:
                    Tiles<Two, TFinish>(panel, ai, ci, first, tiles, height);
                    break;
                default:
                    Tiles<Three, TFinish>(panel, ai, ci, first, tiles, height);
                    break;
            }

            first += tiles * height;
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
