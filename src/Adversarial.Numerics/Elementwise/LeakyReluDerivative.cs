using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x * leaky relu' read off the activated value y.</summary>
internal readonly struct LeakyReluDerivative(float slope) : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Select(TSimd.LessOrEqual(y, default), TSimd.Multiply(x, TSimd.Create(slope)), x);
}
