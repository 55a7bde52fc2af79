using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <content>How a tile's rows are read and, finished, written.</content>
internal static unsafe partial class TileKernel<TSimd, TVector, TLayout, TRows, TVectors, TEdge, TFinish>
{
    // What a tile reads beside its factors is asked for when it begins, lest it wait in the end. Short sums are over before it comes.
    private const int DepthWorthPrefetching = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* first, nint row)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < TRows.Count; i++)
        {
            Sse.Prefetch0(first);
            Sse.Prefetch0(first + TVectors.Count * TSimd.Count - 1);
            first += row;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TNumber>(TilePanel* panel, float* source)
        where TNumber : struct, IVectors
    {
        if (default(TEdge) is IRaggedEdge && typeof(TNumber) == typeof(TVectors))
            return TSimd.LoadPartial(source, panel->Last);
        return TSimd.Load(source);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TilePanel* panel, float* target, int row, float* activated, TVector slope, TVector c0, TVector c1, TVector c2)
    {
        int width = TSimd.Count;
        c0 = Finish<Vectors1>(panel, c0, 0, activated, slope);
        if (default(TVectors) is IVectors2)
        {
            TSimd.Store(c0, target);
            c1 = Finish<Vectors2>(panel, c1, width, activated, slope);
            if (default(TVectors) is IVectors3)
            {
                TSimd.Store(c1, target + width);
                StoreLast(panel, Finish<Vectors3>(panel, c2, 2 * width, activated, slope), target + 2 * width, row);
            }
            else
            {
                StoreLast(panel, c1, target + width, row);
            }
        }
        else
        {
            StoreLast(panel, c0, target, row);
        }
    }

    // A last vector that C has no room for goes to a buffer first, whole like all others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLast(TilePanel* panel, TVector c, float* target, int row)
    {
        if (default(TEdge) is IRaggedEdge)
            target = panel->Ragged + row * TSimd.Count;
        TSimd.Store(c, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finish<TNumber>(TilePanel* panel, TVector c, int column, float* activated, TVector slope)
        where TNumber : struct, IVectors
    {
        if (default(TFinish) is IScaledFinish)
            c = TSimd.FusedMultiplyAdd(c, TSimd.Load(panel->Scale + column), TSimd.Load(panel->Bias + column));
        else if (default(TFinish) is IBiasFinish)
            c = TSimd.Add(c, TSimd.Load(panel->Bias + column));
        if (default(TFinish) is IBackFinish)
        {
            TVector negative = TSimd.LessOrEqual(Load<TNumber>(panel, activated + column), default);
            if (default(TFinish) is ILeakyFinish)
                c = TSimd.Select(negative, TSimd.Multiply(c, slope), c);
            else
                c = TSimd.AndNot(c, negative);
        }
        else if (default(TFinish) is ILeakyFinish)
        {
            c = TSimd.Max(TSimd.Multiply(c, slope), c);
        }
        else if (default(TFinish) is IReluFinish)
        {
            c = TSimd.Max(default, c);
        }

        return c;
    }

    // In pieces of a power of two, each for all rows: the lengths are tested once a tile, not once a row.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CopyRagged(TilePanel* panel, float* c)
    {
        float* source = panel->Ragged;
        int last = panel->Last;
        nint row = panel->CRow;
        if (TSimd.Count > 8 && (last & 8) != 0)
        {
            for (int r = 0; r < TRows.Count; r++)
                Vector256.Load(source + r * TSimd.Count).Store(c + r * row);
            source += 8;
            c += 8;
        }

        if (TSimd.Count > 4 && (last & 4) != 0)
        {
            for (int r = 0; r < TRows.Count; r++)
                Vector128.Load(source + r * TSimd.Count).Store(c + r * row);
            source += 4;
            c += 4;
        }

        if ((last & 2) != 0)
        {
            for (int r = 0; r < TRows.Count; r++)
                Vector64.Load(source + r * TSimd.Count).Store(c + r * row);
            source += 2;
            c += 2;
        }

        if ((last & 1) != 0)
        {
            for (int r = 0; r < TRows.Count; r++)
                c[r * row] = source[r * TSimd.Count];
        }
    }
}
