using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>exp(x) - 1: the slope of <see cref="ExpMinusIdentity"/>.</summary>
internal readonly struct ExpMinusOne : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Subtract(VectorMath<TSimd, TVector>.Exp(x), TSimd.Create(1f));
}
