using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x * scale.</summary>
internal readonly struct ScaleOperator(float scale) : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Multiply(x, TSimd.Create(scale));
}
