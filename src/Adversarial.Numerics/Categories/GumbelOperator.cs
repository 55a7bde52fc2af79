using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>(x - log(-log(y))) * scale, y uniform in (0, 1): a logit with Gumbel's noise.</summary>
internal readonly struct GumbelOperator(float scale) : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector exponential = TSimd.Subtract(default, VectorMath<TSimd, TVector>.Log(y));
        return TSimd.Multiply(TSimd.Subtract(x, VectorMath<TSimd, TVector>.Log(exponential)), TSimd.Create(scale));
    }
}
