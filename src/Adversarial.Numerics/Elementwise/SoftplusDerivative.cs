using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x * softplus' read off the activated value y: 1 - exp(-y).</summary>
internal readonly struct SoftplusDerivative : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Multiply(x, TSimd.Subtract(TSimd.Create(1f), VectorMath<TSimd, TVector>.Exp(TSimd.Subtract(default, y))));
}
