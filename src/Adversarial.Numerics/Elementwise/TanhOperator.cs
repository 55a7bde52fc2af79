using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>tanh(x).</summary>
internal readonly struct TanhOperator : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => VectorMath<TSimd, TVector>.Tanh(x);
}
