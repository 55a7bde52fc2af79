using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>exp(x) - x.</summary>
internal readonly struct ExpMinusIdentity : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Subtract(VectorMath<TSimd, TVector>.Exp(x), x);
}
