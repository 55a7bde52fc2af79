using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>log(1 + exp(x)), as max(x, 0) + log(1 + exp(-|x|)).</summary>
internal readonly struct SoftplusOperator : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector e = VectorMath<TSimd, TVector>.Exp(TSimd.Subtract(default, TSimd.Abs(x)));
        return TSimd.Add(TSimd.Max(default, x), VectorMath<TSimd, TVector>.LogOnePlus(e));
    }
}
