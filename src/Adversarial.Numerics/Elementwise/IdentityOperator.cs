using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x.</summary>
internal readonly struct IdentityOperator : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => x;
}
