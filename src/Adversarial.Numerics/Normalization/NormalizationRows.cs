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
        NormalizationFactors factors = a.OfRows ? default : Factors(a);
        if (a.Dy == null)
            Forwards(a, factors, first, end);
        else if (a.OfRows)
            Backwards<OfRows>(a, factors, first, end);
        else if (a.ScaleSums == null)
            Backwards<Constant>(a, factors, first, end);
        else
            Backwards<OfColumns>(a, factors, first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static NormalizationFactors Factors(in NormalizationArguments a)
    {
        NormalizationFactors factors = NormalizationFactors.Of(a.Columns, TSimd.Count);
        TVector share = TSimd.Create((float)(-1.0 / a.Rows));
        for (int c = 0; c < a.Columns; c += TSimd.Count)
        {
            int left = Math.Min(a.Columns - c, TSimd.Count);
            TVector inverse = TSimd.LoadPartial(a.Inverse + c, left), factor = TSimd.Multiply(TSimd.LoadPartial(a.Scale + c, left), inverse);
            TSimd.Store(factor, factors.Factor + c);
            if (a.ScaleSums == null)
                continue;
            factor = TSimd.Multiply(factor, share);
            TSimd.Store(TSimd.Multiply(factor, TSimd.LoadPartial(a.ShiftSums + c, left)), factors.Plain + c);
            TSimd.Store(TSimd.Multiply(TSimd.Multiply(factor, inverse), TSimd.LoadPartial(a.ScaleSums + c, left)), factors.Product + c);
        }

        return factors;
    }

    private static void Forwards(in NormalizationArguments a, in NormalizationFactors factors, int first, int end)
    {
        if (a.Mask == null && a.Activation.Kind == ActivationKind.Identity)
            Forwards(a, factors, first, end, default(IdentityOperator));
        else if (a.Mask == null && a.Activation.Kind == ActivationKind.Relu)
            Forwards(a, factors, first, end, default(ReluOperator));
        else if (a.Mask == null && a.Activation.Kind == ActivationKind.LeakyRelu)
            Forwards(a, factors, first, end, new LeakyReluOperator(a.Activation.Slope));
        else
            ForwardsAndFinish(a, factors, first, end);
    }

    private static void ForwardsAndFinish(in NormalizationArguments a, in NormalizationFactors factors, int first, int end)
    {
        for (int block = first; block < end; block += RowsAtATime)
        {
            int blockEnd = Math.Min(block + RowsAtATime, end);
            Forwards(a, factors, block, blockEnd, default(IdentityOperator));
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

    private static void Forwards<TOperator>(in NormalizationArguments a, in NormalizationFactors factors, int first, int end, TOperator op)
        where TOperator : struct, IOperator
    {
        if (a.OfRows)
            Forwards<OfRows, TOperator>(a, factors, first, end, op);
        else
            Forwards<OfColumns, TOperator>(a, factors, first, end, op);
    }

    // A compiled loop for each kind of statistics: with all of them in one method the compiler leaves their bodies outside.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forwards<TStatistics, TOperator>(
        in NormalizationArguments a, in NormalizationFactors factors, int first, int end, TOperator op)
        where TStatistics : struct
        where TOperator : struct, IOperator
    {
        int whole = a.Columns / TSimd.Count * TSimd.Count;
        for (int r = first; r < end; r++)
        {
            Forward<WholeEdge, TStatistics, TOperator>(a, factors, r, 0, whole, op);
            if (whole < a.Columns)
                Forward<RaggedEdge, TStatistics, TOperator>(a, factors, r, whole, a.Columns, op);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward<TEdge, TStatistics, TOperator>(
        in NormalizationArguments a, in NormalizationFactors factors, int r, int first, int end, TOperator op)
        where TEdge : struct, IEdge
        where TStatistics : struct
        where TOperator : struct, IOperator
    {
        bool ofRows = typeof(TStatistics) == typeof(OfRows);
        float* x = a.X + r * a.XRow, y = a.Result + r * a.ResultRow, shift = a.Shift, means = a.Mean;
        float* scale = ofRows ? a.Scale : factors.Factor;
        TVector mean = TSimd.Create(ofRows ? means[r] : 0), inverse = TSimd.Create(ofRows ? a.Inverse[r] : 0);
        for (int c = first; c < end; c += TSimd.Count)
        {
            TVector difference = TSimd.Subtract(Load<TEdge>(x + c, end - c), ofRows ? mean : Load<TEdge>(means + c, end - c));
            if (ofRows)
                difference = TSimd.Multiply(difference, inverse);
            TVector result = TSimd.FusedMultiplyAdd(difference, Load<TEdge>(scale + c, end - c), Load<TEdge>(shift + c, end - c));
            Store<TEdge>(op.Invoke<TSimd, TVector>(result, default, default, default), y + c, end - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backwards<TStatistics>(in NormalizationArguments a, in NormalizationFactors factors, int first, int end)
        where TStatistics : struct
    {
        int whole = a.Columns / TSimd.Count * TSimd.Count;
        for (int r = first; r < end; r++)
        {
            (double plain, double product) = typeof(TStatistics) == typeof(OfRows)
                ? RowSums.Products(a.Dy + r * a.DyRow, a.Scale, a.X + r * a.XRow, a.Columns, a.Mean[r], a.Inverse[r])
                : default;
            (float plainShare, float productShare) = ((float)(plain / a.Columns), (float)(product / a.Columns));
            Backward<WholeEdge, TStatistics>(a, factors, r, 0, whole, plainShare, productShare);
            if (whole < a.Columns)
                Backward<RaggedEdge, TStatistics>(a, factors, r, whole, a.Columns, plainShare, productShare);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Backward<TEdge, TStatistics>(
        in NormalizationArguments a, in NormalizationFactors factors, int r, int first, int end, float plainShare, float productShare)
        where TEdge : struct, IEdge
        where TStatistics : struct
    {
        float* x = a.X + r * a.XRow, dy = a.Dy + r * a.DyRow, dx = a.Result + r * a.ResultRow, means = a.Mean;
        bool ofRows = typeof(TStatistics) == typeof(OfRows), constant = typeof(TStatistics) == typeof(Constant), accumulate = a.Accumulate;
        float* scale = ofRows ? a.Scale : factors.Factor, plains = factors.Plain, products = factors.Product;
        TVector plain = TSimd.Create(plainShare), product = TSimd.Create(productShare);
        TVector mean = TSimd.Create(ofRows ? means[r] : 0), inverse = TSimd.Create(ofRows ? a.Inverse[r] : 0);
        for (int c = first; c < end; c += TSimd.Count)
        {
            TVector gradient = Load<TEdge>(dy + c, end - c), factor = Load<TEdge>(scale + c, end - c);
            if (constant)
            {
                gradient = TSimd.Multiply(gradient, factor);
            }
            else if (ofRows)
            {
                TVector normalized = TSimd.Multiply(TSimd.Subtract(Load<TEdge>(x + c, end - c), mean), inverse);
                gradient = TSimd.Subtract(TSimd.Subtract(TSimd.Multiply(gradient, factor), plain), TSimd.Multiply(normalized, product));
                gradient = TSimd.Multiply(gradient, inverse);
            }
            else
            {
                gradient = TSimd.FusedMultiplyAdd(gradient, factor, Load<TEdge>(plains + c, end - c));
                TVector difference = TSimd.Subtract(Load<TEdge>(x + c, end - c), Load<TEdge>(means + c, end - c));
                gradient = TSimd.FusedMultiplyAdd(difference, Load<TEdge>(products + c, end - c), gradient);
            }

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
