using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x where positive, else slope * x.</summary>
internal readonly struct LeakyReluOperator(float slope) : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Select(TSimd.LessOrEqual(x, default), TSimd.Multiply(x, TSimd.Create(slope)), x);
}
