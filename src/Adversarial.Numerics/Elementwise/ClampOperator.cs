using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x limited to [low, high].</summary>
internal readonly struct ClampOperator(float low, float high) : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Min(TSimd.Create(high), TSimd.Max(TSimd.Create(low), x));
}
