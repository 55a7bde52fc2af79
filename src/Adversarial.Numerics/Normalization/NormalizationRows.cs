using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>Normalisation and its way back, row by row; the last few columns take the same vector code, or position would matter.</summary>
internal static unsafe class NormalizationRows<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    public static void Run(in NormalizationArguments a, int first, int end)
    {
        for (int r = first; r < end; r++)
        {
            if (a.Dy == null)
                Forward(a, r);
            else
                Backward(a, r);
        }

        if (a.Dy == null && (a.Mask != null || a.Activation.Kind != ActivationKind.Identity))
            Finish(a, first, end);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(float* source, int left) => left >= TSimd.Count ? TSimd.Load(source) : TSimd.LoadPartial(source, left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, float* target, int left)
    {
        if (left >= TSimd.Count)
            TSimd.Store(value, target);
        else
            TSimd.StorePartial(value, target, left);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(in NormalizationArguments a, int r)
    {
        float* x = a.X + r * a.XRow, y = a.Result + r * a.ResultRow, scale = a.Scale, shift = a.Shift, means = a.Mean, inverses = a.Inverse;
        bool ofRows = a.OfRows;
        TVector mean = TSimd.Create(ofRows ? means[r] : 0), inverse = TSimd.Create(ofRows ? inverses[r] : 0);
        for (int c = 0, left = a.Columns; left > 0; c += TSimd.Count, left -= TSimd.Count)
        {
            if (!ofRows)
                (mean, inverse) = (Load(means + c, left), Load(inverses + c, left));
            TVector normalized = TSimd.Multiply(TSimd.Subtract(Load(x + c, left), mean), inverse);
            Store(TSimd.FusedMultiplyAdd(normalized, Load(scale + c, left), Load(shift + c, left)), y + c, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward(in NormalizationArguments a, int r)
    {
        float* x = a.X + r * a.XRow, dy = a.Dy + r * a.DyRow, dx = a.Result + r * a.ResultRow, scale = a.Scale;
        bool ofRows = a.OfRows, constant = !ofRows && a.ScaleSums == null;
        TVector share = TSimd.Create((float)(1.0 / a.Rows)), mean = default, inverse = default, plain = default, product = default;
        if (ofRows)
        {
            (double plainSum, double productSum) = RowSums.Products(dy, scale, x, a.Columns, a.Mean[r], a.Inverse[r]);
            (mean, inverse) = (TSimd.Create(a.Mean[r]), TSimd.Create(a.Inverse[r]));
            (plain, product) = (TSimd.Create((float)(plainSum / a.Columns)), TSimd.Create((float)(productSum / a.Columns)));
        }

        for (int c = 0, left = a.Columns; left > 0; c += TSimd.Count, left -= TSimd.Count)
        {
            TVector factor = Load(scale + c, left), gradient = TSimd.Multiply(Load(dy + c, left), factor);
            if (!ofRows)
                (mean, inverse) = (Load(a.Mean + c, left), Load(a.Inverse + c, left));
            if (!constant)
            {
                if (!ofRows)
                {
                    plain = TSimd.Multiply(TSimd.Multiply(Load(a.ShiftSums + c, left), share), factor);
                    product = TSimd.Multiply(TSimd.Multiply(Load(a.ScaleSums + c, left), share), factor);
                }

                TVector normalized = TSimd.Multiply(TSimd.Subtract(Load(x + c, left), mean), inverse);
                gradient = TSimd.Subtract(TSimd.Subtract(gradient, plain), TSimd.Multiply(normalized, product));
            }

            gradient = TSimd.Multiply(gradient, inverse);
            Store(a.Accumulate ? TSimd.Add(Load(dx + c, left), gradient) : gradient, dx + c, left);
        }
    }
}
