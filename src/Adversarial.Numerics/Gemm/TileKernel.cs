using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>A number that the compiler knows: the rows or the vectors of a tile.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

/// <summary>
/// The micro-kernel: tiles of C of a fixed number of rows and vectors, held in registers over the whole depth. Branches on the
/// tile's size are decided when the runtime compiles the method for that size, so a small tile carries no trace of a large one.
/// </summary>
internal static unsafe class TileKernel<TSimd, TVector, TRows, TVectors, TFinish>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where TRows : struct, ICount
    where TVectors : struct, ICount
    where TFinish : struct, IFinish
{
    /// <summary>Computes <paramref name="tiles"/> tiles, one below the other, from the block's row <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TilePanel* panel, float* a, float* c, int first, int tiles)
    {
        float* activated = TFinish.Back ? panel->Activated + first * panel->ActivatedRow : null;
        // Strides in bytes, or the compiler scales them anew in every step. A packed A holds a tile's rows side by side.
        bool packed = panel->AStep == 0;
        nint aRow = packed ? sizeof(float) : panel->ARow * sizeof(float), aRow2 = 2 * aRow;
        nint aStep = packed ? TRows.Value * sizeof(float) : panel->AStep * sizeof(float);
        nint aTile = packed ? panel->Depth * aStep : TRows.Value * aRow;
        nint bStep = panel->BStep * sizeof(float), cRow = panel->CRow;
        for (; tiles > 0; tiles--)
        {
            TVector c00 = default, c01 = default, c02 = default;
            TVector c10 = default, c11 = default, c12 = default;
            TVector c20 = default, c21 = default, c22 = default;
            TVector c30 = default, c31 = default, c32 = default;
            TVector c40 = default, c41 = default, c42 = default;
            TVector c50 = default, c51 = default, c52 = default;
            if (panel->Load)
            {
                float* row = c;
                c00 = LoadVector<One>(panel, row);
                c01 = LoadVector<Two>(panel, row);
                c02 = LoadVector<Three>(panel, row);
                row += cRow;

                if (TRows.Value > 1)
                {
                    c10 = LoadVector<One>(panel, row);
                    c11 = LoadVector<Two>(panel, row);
                    c12 = LoadVector<Three>(panel, row);
                    row += cRow;
                }

                if (TRows.Value > 2)
                {
                    c20 = LoadVector<One>(panel, row);
                    c21 = LoadVector<Two>(panel, row);
                    c22 = LoadVector<Three>(panel, row);
                    row += cRow;
                }

                if (TRows.Value > 3)
                {
                    c30 = LoadVector<One>(panel, row);
                    c31 = LoadVector<Two>(panel, row);
                    c32 = LoadVector<Three>(panel, row);
                    row += cRow;
                }

                if (TRows.Value > 4)
                {
                    c40 = LoadVector<One>(panel, row);
                    c41 = LoadVector<Two>(panel, row);
                    c42 = LoadVector<Three>(panel, row);
                    row += cRow;
                }

                if (TRows.Value > 5)
                {
                    c50 = LoadVector<One>(panel, row);
                    c51 = LoadVector<Two>(panel, row);
                    c52 = LoadVector<Three>(panel, row);
                }
            }

            byte* upper = (byte*)a, lower = upper + 3 * aRow, b = (byte*)panel->B;
            for (int k = panel->Depth; k > 0; k--)
            {
                TVector b0 = TSimd.Load((float*)b);
                TVector b1 = TVectors.Value > 1 ? TSimd.Load((float*)b + TSimd.Count) : default;
                TVector b2 = TVectors.Value > 2 ? TSimd.Load((float*)b + 2 * TSimd.Count) : default;
                TVector x = TSimd.Create(*(float*)upper);
                c00 = TSimd.FusedMultiplyAdd(x, b0, c00);
                c01 = TVectors.Value > 1 ? TSimd.FusedMultiplyAdd(x, b1, c01) : default;
                c02 = TVectors.Value > 2 ? TSimd.FusedMultiplyAdd(x, b2, c02) : default;

                if (TRows.Value > 1)
                {
                    x = TSimd.Create(*(float*)(upper + aRow));
                    c10 = TSimd.FusedMultiplyAdd(x, b0, c10);
                    c11 = TVectors.Value > 1 ? TSimd.FusedMultiplyAdd(x, b1, c11) : default;
                    c12 = TVectors.Value > 2 ? TSimd.FusedMultiplyAdd(x, b2, c12) : default;
                }

                if (TRows.Value > 2)
                {
                    x = TSimd.Create(*(float*)(upper + aRow2));
                    c20 = TSimd.FusedMultiplyAdd(x, b0, c20);
                    c21 = TVectors.Value > 1 ? TSimd.FusedMultiplyAdd(x, b1, c21) : default;
                    c22 = TVectors.Value > 2 ? TSimd.FusedMultiplyAdd(x, b2, c22) : default;
                }

                if (TRows.Value > 3)
                {
                    x = TSimd.Create(*(float*)lower);
                    c30 = TSimd.FusedMultiplyAdd(x, b0, c30);
                    c31 = TVectors.Value > 1 ? TSimd.FusedMultiplyAdd(x, b1, c31) : default;
                    c32 = TVectors.Value > 2 ? TSimd.FusedMultiplyAdd(x, b2, c32) : default;
                }

                if (TRows.Value > 4)
                {
                    x = TSimd.Create(*(float*)(lower + aRow));
                    c40 = TSimd.FusedMultiplyAdd(x, b0, c40);
                    c41 = TVectors.Value > 1 ? TSimd.FusedMultiplyAdd(x, b1, c41) : default;
                    c42 = TVectors.Value > 2 ? TSimd.FusedMultiplyAdd(x, b2, c42) : default;
                }

                if (TRows.Value > 5)
                {
                    x = TSimd.Create(*(float*)(lower + aRow2));
                    c50 = TSimd.FusedMultiplyAdd(x, b0, c50);
                    c51 = TVectors.Value > 1 ? TSimd.FusedMultiplyAdd(x, b1, c51) : default;
                    c52 = TVectors.Value > 2 ? TSimd.FusedMultiplyAdd(x, b2, c52) : default;
                }

                upper += aStep;
                lower += aStep;
                b += bStep;
            }

            float* target = c;
            StoreRow(panel, target, activated, c00, c01, c02);
            if (TRows.Value > 1)
                StoreRow(panel, target += cRow, activated += TFinish.Back ? panel->ActivatedRow : 0, c10, c11, c12);
            if (TRows.Value > 2)
                StoreRow(panel, target += cRow, activated += TFinish.Back ? panel->ActivatedRow : 0, c20, c21, c22);
            if (TRows.Value > 3)
                StoreRow(panel, target += cRow, activated += TFinish.Back ? panel->ActivatedRow : 0, c30, c31, c32);
            if (TRows.Value > 4)
                StoreRow(panel, target += cRow, activated += TFinish.Back ? panel->ActivatedRow : 0, c40, c41, c42);
            if (TRows.Value > 5)
                StoreRow(panel, target += cRow, activated += TFinish.Back ? panel->ActivatedRow : 0, c50, c51, c52);
            activated += TFinish.Back ? panel->ActivatedRow : 0;
            a = (float*)((byte*)a + aTile);
            c += TRows.Value * cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadVector<TVectorNumber>(TilePanel* panel, float* row)
        where TVectorNumber : struct, ICount
    {
        if (TVectorNumber.Value > TVectors.Value)
            return default;
        row += (TVectorNumber.Value - 1) * TSimd.Count;
        return TVectorNumber.Value < TVectors.Value || panel->Last == TSimd.Count
            ? TSimd.Load(row)
            : TSimd.LoadPartial(row, panel->Last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TilePanel* panel, float* row, float* activated, TVector c0, TVector c1, TVector c2)
    {
        if (TFinish.Bias)
        {
            c0 = TSimd.Add(c0, TSimd.Load(panel->Bias));
            c1 = TVectors.Value > 1 ? TSimd.Add(c1, TSimd.Load(panel->Bias + TSimd.Count)) : default;
            c2 = TVectors.Value > 2 ? TSimd.Add(c2, TSimd.Load(panel->Bias + 2 * TSimd.Count)) : default;
        }

        if (TFinish.Relu || TFinish.Leaky)
        {
            TVector slope = TFinish.Leaky ? TSimd.Create(panel->Slope) : default;
            c0 = Rectify(c0, TFinish.Back ? LoadVector<One>(panel, activated) : default, slope);
            c1 = TVectors.Value > 1 ? Rectify(c1, TFinish.Back ? LoadVector<Two>(panel, activated) : default, slope) : default;
            c2 = TVectors.Value > 2 ? Rectify(c2, TFinish.Back ? LoadVector<Three>(panel, activated) : default, slope) : default;
        }

        if (TVectors.Value > 1)
            TSimd.Store(c0, row);
        if (TVectors.Value > 2)
            TSimd.Store(c1, row + TSimd.Count);
        TVector last = TVectors.Value == 1 ? c0 : TVectors.Value == 2 ? c1 : c2;
        row += (TVectors.Value - 1) * TSimd.Count;
        if (panel->Last == TSimd.Count)
            TSimd.Store(last, row);
        else
            TSimd.StorePartial(last, row, panel->Last);
    }

    // Forward, a slope of at most 1 makes the leaky rectifier a maximum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Rectify(TVector x, TVector activated, TVector slope)
    {
        TVector bent = TFinish.Leaky ? TSimd.Multiply(x, slope) : default;
        return TFinish.Back ? TSimd.Select(TSimd.LessOrEqual(activated, default), bent, x) : TSimd.Max(bent, x);
    }
}
