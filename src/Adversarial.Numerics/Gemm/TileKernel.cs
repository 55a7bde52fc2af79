using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// The micro-kernel: tiles of C of a fixed number of rows and vectors, held in registers over the whole depth. The tests of the
/// tile's size and finish are decided when the runtime reads the method for one combination of types, before it inlines anything:
/// a small tile carries no trace of a large one, and the inliner's budget suffices.
/// </summary>
internal static unsafe partial class TileKernel<TSimd, TVector, TLayout, TRows, TVectors, TEdge, TFinish>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where TLayout : struct, ILayout
    where TRows : struct, IRows
    where TVectors : struct, IVectors
    where TEdge : struct, IEdge
    where TFinish : struct, IFinish
{
    /// <summary>Computes <paramref name="tiles"/> tiles, one below the other, from the block's row <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TilePanel* panel, float* a, float* c, int first, int tiles)
    {
        int width = TSimd.Count;
        float* activated = default(TFinish) is IBackFinish ? panel->Activated + first * panel->ActivatedRow : null;

        // Strides in bytes, or the compiler scales them anew in every step.
        nint aRow = panel->ARow * sizeof(float), aRow3 = 3 * aRow;
        nint aStep = panel->AStep * sizeof(float), aStep2 = 2 * aStep, aStep3 = 3 * aStep;
        nint bStep = panel->BStep * sizeof(float), bStep2 = 2 * bStep, bStep3 = 3 * bStep, cRow = panel->CRow;
        nint aTile = TRows.Count * (default(TLayout) is IRowLayout ? aRow : default(TLayout) is IPackedLayout ? panel->Depth * sizeof(float) : sizeof(float));
        for (; tiles > 0; tiles--)
        {
            if (panel->Depth >= DepthWorthPrefetching)
            {
                Prefetch(c, cRow);
                if (default(TFinish) is IBackFinish)
                    Prefetch(activated, panel->ActivatedRow);
            }

            TVector c00 = default, c01 = default, c02 = default;
            TVector c10 = default, c11 = default, c12 = default;
            TVector c20 = default, c21 = default, c22 = default;
            TVector c30 = default, c31 = default, c32 = default;
            TVector c40 = default, c41 = default, c42 = default;
            TVector c50 = default, c51 = default, c52 = default;
            TVector c60 = default;
            TVector c70 = default;
            if (panel->Load)
            {
                float* row = c;
                c00 = Load<Vectors1>(panel, row);
                if (default(TVectors) is IVectors2)
                    c01 = Load<Vectors2>(panel, row + width);
                if (default(TVectors) is IVectors3)
                    c02 = Load<Vectors3>(panel, row + 2 * width);

                if (default(TRows) is IRows2)
                {
                    row += cRow;
                    c10 = Load<Vectors1>(panel, row);
                    if (default(TVectors) is IVectors2)
                        c11 = Load<Vectors2>(panel, row + width);
                    if (default(TVectors) is IVectors3)
                        c12 = Load<Vectors3>(panel, row + 2 * width);
                }

                if (default(TRows) is IRows3)
                {
                    row += cRow;
                    c20 = Load<Vectors1>(panel, row);
                    if (default(TVectors) is IVectors2)
                        c21 = Load<Vectors2>(panel, row + width);
                    if (default(TVectors) is IVectors3)
                        c22 = Load<Vectors3>(panel, row + 2 * width);
                }

                if (default(TRows) is IRows4)
                {
                    row += cRow;
                    c30 = Load<Vectors1>(panel, row);
                    if (default(TVectors) is IVectors2)
                        c31 = Load<Vectors2>(panel, row + width);
                    if (default(TVectors) is IVectors3)
                        c32 = Load<Vectors3>(panel, row + 2 * width);
                }

                if (default(TRows) is IRows5)
                {
                    row += cRow;
                    c40 = Load<Vectors1>(panel, row);
                    if (default(TVectors) is IVectors2)
                        c41 = Load<Vectors2>(panel, row + width);
                    if (default(TVectors) is IVectors3)
                        c42 = Load<Vectors3>(panel, row + 2 * width);
                }

                if (default(TRows) is IRows6)
                {
                    row += cRow;
                    c50 = Load<Vectors1>(panel, row);
                    if (default(TVectors) is IVectors2)
                        c51 = Load<Vectors2>(panel, row + width);
                    if (default(TVectors) is IVectors3)
                        c52 = Load<Vectors3>(panel, row + 2 * width);
                }

                if (default(TRows) is IRows7)
                {
                    row += cRow;
                    c60 = Load<Vectors1>(panel, row);
                }

                if (default(TRows) is IRows8)
                {
                    row += cRow;
                    c70 = Load<Vectors1>(panel, row);
                }
            }

            byte* upper = (byte*)a, lower = null, lowest = null, b = (byte*)panel->B;
            if (default(TLayout) is IRowLayout)
            {
                if (default(TRows) is IRows4)
                    lower = upper + aRow3;
                if (default(TRows) is IRows7)
                    lowest = lower + aRow3;
            }

            // Four steps at a time: whoever shares the core's front end takes fewer instructions' worth of time.
            int k = panel->Depth - 4;
            for (; k >= 0; k -= 4)
            {
                Step(0, upper, lower, lowest, 0, aRow, b, 0,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                Step(1, upper, lower, lowest, aStep, aRow, b, bStep,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                Step(2, upper, lower, lowest, aStep2, aRow, b, bStep2,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                Step(3, upper, lower, lowest, aStep3, aRow, b, bStep3,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                Advance(4, ref upper, ref lower, ref lowest, aStep);
                b += 4 * bStep;
            }

            for (k += 4; k > 0; k--)
            {
                Step(0, upper, lower, lowest, 0, aRow, b, 0,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                Advance(1, ref upper, ref lower, ref lowest, aStep);
                b += bStep;
            }

            float* target = c;
            TVector slope = default;
            if (default(TFinish) is ILeakyFinish)
                slope = TSimd.Create(panel->Slope);
            StoreRow(panel, target, 0, activated, slope, c00, c01, c02);
            if (default(TRows) is IRows2)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 1, activated, slope, c10, c11, c12);
            }

            if (default(TRows) is IRows3)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 2, activated, slope, c20, c21, c22);
            }

            if (default(TRows) is IRows4)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 3, activated, slope, c30, c31, c32);
            }

            if (default(TRows) is IRows5)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 4, activated, slope, c40, c41, c42);
            }

            if (default(TRows) is IRows6)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 5, activated, slope, c50, c51, c52);
            }

            if (default(TRows) is IRows7)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 6, activated, slope, c60, default, default);
            }

            if (default(TRows) is IRows8)
            {
                target += cRow;
                if (default(TFinish) is IBackFinish)
                    activated += panel->ActivatedRow;
                StoreRow(panel, target, 7, activated, slope, c70, default, default);
            }

            if (default(TEdge) is IRaggedEdge)
                CopyRagged(panel, c + (TVectors.Count - 1) * width);
            if (default(TFinish) is IBackFinish)
                activated += panel->ActivatedRow;
            a = (float*)((byte*)a + aTile);
            c += TRows.Count * cRow;
        }
    }
}
