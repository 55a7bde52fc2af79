using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>(x - y)^2.</summary>
internal readonly struct SquaredLoss : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector difference = TSimd.Subtract(x, y);
        return TSimd.Multiply(difference, difference);
    }
}
