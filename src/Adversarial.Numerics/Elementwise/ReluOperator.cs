using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>max(x, 0).</summary>
internal readonly struct ReluOperator : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Max(default, x);
}
