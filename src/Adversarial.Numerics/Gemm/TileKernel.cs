using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// The micro-kernel: tiles of C of a fixed number of rows and vectors, held in registers over the whole depth. The tests of the
/// tile's size and finish are decided when the runtime reads the method for one combination of types, before it inlines anything:
/// a small tile carries no trace of a large one, and the inliner's budget suffices.
/// </summary>
internal static unsafe partial class TileKernel<TSimd, TVector, TRows, TVectors, TEdge, TFinish>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
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

        // Strides in bytes, or the compiler scales them anew in every step. A packed A holds a tile's rows side by side.
        bool packed = panel->AStep == 0;
        nint aRow = packed ? sizeof(float) : panel->ARow * sizeof(float), aRow3 = 3 * aRow;
        nint aStep = packed ? TRows.Count * sizeof(float) : panel->AStep * sizeof(float);
        nint aTile = packed ? panel->Depth * aStep : TRows.Count * aRow;
        nint bStep = panel->BStep * sizeof(float), aStep2 = 2 * aStep, bStep2 = 2 * bStep, cRow = panel->CRow;
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

            byte* upper = (byte*)a, lower = upper + aRow3, b = (byte*)panel->B;
            byte* lowest = default(TRows) is IRows8 ? lower + aRow3 : null;
            int k = panel->Depth;

            // Two steps at a time: whoever shares the core's front end takes fewer instructions' worth of time.
            for (; k > 1; k -= 2)
            {
                Step(upper, lower, lowest, b, aRow,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                Step(upper + aStep, lower + aStep, default(TRows) is IRows8 ? lowest + aStep : null, b + bStep, aRow,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
                if (default(TRows) is IRows8)
                    lowest += aStep2;
                upper += aStep2;
                lower += aStep2;
                b += bStep2;
            }

            if (k > 0)
            {
                Step(upper, lower, lowest, b, aRow,
                    ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22,
                    ref c30, ref c31, ref c32, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c70);
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

    /// <summary>One step of the depth. The compiler keeps what is passed by reference in registers once this is inlined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(byte* upper, byte* lower, byte* lowest, byte* b, nint aRow,
        ref TVector c00, ref TVector c01, ref TVector c02, ref TVector c10, ref TVector c11, ref TVector c12, ref TVector c20, ref TVector c21, ref TVector c22,
        ref TVector c30, ref TVector c31, ref TVector c32, ref TVector c40, ref TVector c41, ref TVector c42, ref TVector c50, ref TVector c51, ref TVector c52, ref TVector c60, ref TVector c70)
    {
        int width = TSimd.Count;
        TVector b0 = TSimd.Load((float*)b), b1 = default, b2 = default, x = TSimd.Create(*(float*)upper);
        if (default(TVectors) is IVectors2)
            b1 = TSimd.Load((float*)b + width);
        if (default(TVectors) is IVectors3)
            b2 = TSimd.Load((float*)b + 2 * width);

        c00 = TSimd.FusedMultiplyAdd(x, b0, c00);
        if (default(TVectors) is IVectors2)
            c01 = TSimd.FusedMultiplyAdd(x, b1, c01);
        if (default(TVectors) is IVectors3)
            c02 = TSimd.FusedMultiplyAdd(x, b2, c02);

        if (default(TRows) is IRows2)
        {
            x = TSimd.Create(*(float*)(upper + aRow));
            c10 = TSimd.FusedMultiplyAdd(x, b0, c10);
            if (default(TVectors) is IVectors2)
                c11 = TSimd.FusedMultiplyAdd(x, b1, c11);
            if (default(TVectors) is IVectors3)
                c12 = TSimd.FusedMultiplyAdd(x, b2, c12);
        }

        if (default(TRows) is IRows3)
        {
            x = TSimd.Create(*(float*)(upper + 2 * aRow));
            c20 = TSimd.FusedMultiplyAdd(x, b0, c20);
            if (default(TVectors) is IVectors2)
                c21 = TSimd.FusedMultiplyAdd(x, b1, c21);
            if (default(TVectors) is IVectors3)
                c22 = TSimd.FusedMultiplyAdd(x, b2, c22);
        }

        if (default(TRows) is IRows4)
        {
            x = TSimd.Create(*(float*)lower);
            c30 = TSimd.FusedMultiplyAdd(x, b0, c30);
            if (default(TVectors) is IVectors2)
                c31 = TSimd.FusedMultiplyAdd(x, b1, c31);
            if (default(TVectors) is IVectors3)
                c32 = TSimd.FusedMultiplyAdd(x, b2, c32);
        }

        if (default(TRows) is IRows5)
        {
            x = TSimd.Create(*(float*)(lower + aRow));
            c40 = TSimd.FusedMultiplyAdd(x, b0, c40);
            if (default(TVectors) is IVectors2)
                c41 = TSimd.FusedMultiplyAdd(x, b1, c41);
            if (default(TVectors) is IVectors3)
                c42 = TSimd.FusedMultiplyAdd(x, b2, c42);
        }

        if (default(TRows) is IRows6)
        {
            x = TSimd.Create(*(float*)(lower + 2 * aRow));
            c50 = TSimd.FusedMultiplyAdd(x, b0, c50);
            if (default(TVectors) is IVectors2)
                c51 = TSimd.FusedMultiplyAdd(x, b1, c51);
            if (default(TVectors) is IVectors3)
                c52 = TSimd.FusedMultiplyAdd(x, b2, c52);
        }

        // Only a panel of a single vector has tiles of more than six rows.
        if (default(TRows) is IRows7)
        {
            x = TSimd.Create(*(float*)(upper + 6 * aRow));
            c60 = TSimd.FusedMultiplyAdd(x, b0, c60);
        }

        if (default(TRows) is IRows8)
        {
            x = TSimd.Create(*(float*)(lowest + aRow));
            c70 = TSimd.FusedMultiplyAdd(x, b0, c70);
        }
    }
}
