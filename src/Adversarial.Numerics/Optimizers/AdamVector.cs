using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>Adam's step on vectors: the reference's operations in the reference's order, hence its bits.</summary>
internal static unsafe class AdamVector<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(float* weights, float* gradients, float* m, float* v, nint length, in AdamFactors factors)
    {
        TVector rate = TSimd.Create(factors.Rate), root = TSimd.Create(factors.Root), epsilon = TSimd.Create(factors.Epsilon);
        TVector beta1 = TSimd.Create(factors.Beta1), beta2 = TSimd.Create(factors.Beta2), scale = TSimd.Create(factors.GradientScale);
        TVector rest1 = TSimd.Create(factors.Rest1), rest2 = TSimd.Create(factors.Rest2);
        for (nint i = 0; i < length; i += TSimd.Count)
        {
            int left = (int)nint.Min(length - i, TSimd.Count);
            bool whole = left == TSimd.Count;
            TVector g = TSimd.Multiply(whole ? TSimd.Load(gradients + i) : TSimd.LoadPartial(gradients + i, left), scale);
            TVector first = whole ? TSimd.Load(m + i) : TSimd.LoadPartial(m + i, left);
            TVector second = whole ? TSimd.Load(v + i) : TSimd.LoadPartial(v + i, left);
            TVector weight = whole ? TSimd.Load(weights + i) : TSimd.LoadPartial(weights + i, left);
            first = TSimd.FusedMultiplyAdd(rest1, g, TSimd.Multiply(beta1, first));
            second = TSimd.FusedMultiplyAdd(TSimd.Multiply(rest2, g), g, TSimd.Multiply(beta2, second));
            TVector denominator = TSimd.FusedMultiplyAdd(TSimd.Sqrt(second), root, epsilon);
            weight = TSimd.Subtract(weight, TSimd.Divide(TSimd.Multiply(rate, first), denominator));
            if (whole)
            {
                TSimd.Store(first, m + i);
                TSimd.Store(second, v + i);
                TSimd.Store(weight, weights + i);
            }
            else
            {
                TSimd.StorePartial(first, m + i, left);
                TSimd.StorePartial(second, v + i, left);
                TSimd.StorePartial(weight, weights + i, left);
            }
        }
    }
}
