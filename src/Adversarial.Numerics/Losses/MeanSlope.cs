using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>1, whatever the value.</summary>
internal readonly struct MeanSlope : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Create(1f);
}
