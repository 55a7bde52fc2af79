using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>Normalisation and its way back, row by row; the last few columns take the same vector code, or position would matter.</summary>
internal static unsafe class NormalizationRows<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    // What follows finds so many rows still in the first caches.
    private const int RowsAtATime = 16;

    public static void Run(in NormalizationArguments a, int first, int end)
    {
        if (a.Dy == null)
            Forwards(a, first, end);
        else if (a.OfRows)
            Backwards<OfRows>(a, first, end);
        else if (a.ScaleSums == null)
            Backwards<Constant>(a, first, end);
        else
            Backwards<OfColumns>(a, first, end);
    }

    private static void Forwards(in NormalizationArguments a, int first, int end)
    {
        bool ends = a.Mask == null && a.Activation.Kind == ActivationKind.Identity;
        for (int block = first; block < end; block += RowsAtATime)
        {
            int blockEnd = Math.Min(block + RowsAtATime, end);
            if (a.OfRows)
                Forwards<OfRows>(a, block, blockEnd);
            else
                Forwards<OfColumns>(a, block, blockEnd);
            if (!ends)
                Finish(a, block, blockEnd);
        }
    }

    private static void Finish(in NormalizationArguments a, int first, int end)
    {
        MapArguments arguments = new()
        {
            X = a.Result,
            XRow = a.ResultRow,
            Result = a.Result,
            ResultRow = a.ResultRow,
            Mask = a.Mask,
            Rows = a.Rows,
            Columns = a.Columns,
        };
        ActivationMaps.Forward(Map.Slice(arguments, first, end), a.Activation, a.MaskScale, WorkerGang.Single);
    }

    // One compiled loop for each kind of statistics: with all of them in one method the compiler leaves their bodies outside.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forwards<TStatistics>(in NormalizationArguments a, int first, int end)
        where TStatistics : struct
    {
        int whole = a.Columns / TSimd.Count * TSimd.Count;
        for (int r = first; r < end; r++)
        {
            Forward<WholeEdge, TStatistics>(a, r, 0, whole);
            if (whole < a.Columns)
                Forward<RaggedEdge, TStatistics>(a, r, whole, a.Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward<TEdge, TStatistics>(in NormalizationArguments a, int r, int first, int end)
        where TEdge : struct, IEdge
        where TStatistics : struct
    {
        float* x = a.X + r * a.XRow, y = a.Result + r * a.ResultRow, scale = a.Scale, shift = a.Shift, means = a.Mean, inverses = a.Inverse;
        bool ofRows = typeof(TStatistics) == typeof(OfRows);
        TVector mean = TSimd.Create(ofRows ? means[r] : 0), inverse = TSimd.Create(ofRows ? inverses[r] : 0);
        for (int c = first; c < end; c += TSimd.Count)
        {
            if (!ofRows)
                (mean, inverse) = (Load<TEdge>(means + c, end - c), Load<TEdge>(inverses + c, end - c));
            TVector normalized = TSimd.Multiply(TSimd.Subtract(Load<TEdge>(x + c, end - c), mean), inverse);
            TVector result = TSimd.FusedMultiplyAdd(normalized, Load<TEdge>(scale + c, end - c), Load<TEdge>(shift + c, end - c));
            Store<TEdge>(result, y + c, end - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backwards<TStatistics>(in NormalizationArguments a, int first, int end)
        where TStatistics : struct
    {
        int whole = a.Columns / TSimd.Count * TSimd.Count;
        for (int r = first; r < end; r++)
        {
            (double plain, double product) = typeof(TStatistics) == typeof(OfRows)
                ? RowSums.Products(a.Dy + r * a.DyRow, a.Scale, a.X + r * a.XRow, a.Columns, a.Mean[r], a.Inverse[r])
                : default;
            (float plainShare, float productShare) = ((float)(plain / a.Columns), (float)(product / a.Columns));
            Backward<WholeEdge, TStatistics>(a, r, 0, whole, plainShare, productShare);
            if (whole < a.Columns)
                Backward<RaggedEdge, TStatistics>(a, r, whole, a.Columns, plainShare, productShare);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Backward<TEdge, TStatistics>(in NormalizationArguments a, int r, int first, int end, float plainShare, float productShare)
        where TEdge : struct, IEdge
        where TStatistics : struct
    {
        float* x = a.X + r * a.XRow, dy = a.Dy + r * a.DyRow, dx = a.Result + r * a.ResultRow, scale = a.Scale;
        float* means = a.Mean, inverses = a.Inverse, shiftSums = a.ShiftSums, scaleSums = a.ScaleSums;
        bool ofRows = typeof(TStatistics) == typeof(OfRows), constant = typeof(TStatistics) == typeof(Constant), accumulate = a.Accumulate;
        TVector share = TSimd.Create((float)(1.0 / a.Rows)), plain = TSimd.Create(plainShare), product = TSimd.Create(productShare);
        TVector mean = TSimd.Create(ofRows ? means[r] : 0), inverse = TSimd.Create(ofRows ? inverses[r] : 0);
        for (int c = first; c < end; c += TSimd.Count)
        {
            TVector factor = Load<TEdge>(scale + c, end - c), gradient = TSimd.Multiply(Load<TEdge>(dy + c, end - c), factor);
            if (!ofRows)
                (mean, inverse) = (Load<TEdge>(means + c, end - c), Load<TEdge>(inverses + c, end - c));
            if (!constant)
            {
                if (!ofRows)
                {
                    plain = TSimd.Multiply(TSimd.Multiply(Load<TEdge>(shiftSums + c, end - c), share), factor);
                    product = TSimd.Multiply(TSimd.Multiply(Load<TEdge>(scaleSums + c, end - c), share), factor);
                }

                TVector normalized = TSimd.Multiply(TSimd.Subtract(Load<TEdge>(x + c, end - c), mean), inverse);
                gradient = TSimd.Subtract(TSimd.Subtract(gradient, plain), TSimd.Multiply(normalized, product));
            }

            gradient = TSimd.Multiply(gradient, inverse);
            Store<TEdge>(accumulate ? TSimd.Add(Load<TEdge>(dx + c, end - c), gradient) : gradient, dx + c, end - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TEdge>(float* source, int left)
        where TEdge : struct, IEdge => typeof(TEdge) == typeof(WholeEdge) ? TSimd.Load(source) : TSimd.LoadPartial(source, left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TEdge>(TVector value, float* target, int left)
        where TEdge : struct, IEdge
    {
        if (typeof(TEdge) == typeof(WholeEdge))
            TSimd.Store(value, target);
        else
            TSimd.StorePartial(value, target, left);
    }

    /// <summary>Mean and deviation are the row's.</summary>
    private readonly struct OfRows;

    /// <summary>Mean and deviation are the column's, and gradient goes through them.</summary>
    private readonly struct OfColumns;

    /// <summary>Mean and deviation are the column's, and count as constants.</summary>
    private readonly struct Constant;
}
