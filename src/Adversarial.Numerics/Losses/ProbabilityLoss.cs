using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The cross entropy of the probability x, clamped, with the target y.</summary>
internal readonly struct ProbabilityLoss : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector one = TSimd.Create(1f);
        TVector p = TSimd.Min(TSimd.Create(1 - LossReference.Epsilon), TSimd.Max(TSimd.Create(LossReference.Epsilon), x));
        TVector right = TSimd.Multiply(y, VectorMath<TSimd, TVector>.Log(p));
        TVector wrong = TSimd.Multiply(TSimd.Subtract(one, y), VectorMath<TSimd, TVector>.Log(TSimd.Subtract(one, p)));

        // The logarithm takes no notice of NaN; the product with 0 does.
        return TSimd.Subtract(TSimd.Multiply(p, default), TSimd.Add(right, wrong));
    }
}
