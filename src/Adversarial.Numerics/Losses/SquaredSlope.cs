using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>2 (x - y).</summary>
internal readonly struct SquaredSlope : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Multiply(TSimd.Create(2f), TSimd.Subtract(x, y));
}
