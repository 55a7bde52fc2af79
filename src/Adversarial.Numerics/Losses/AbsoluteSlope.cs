using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The sign of x - y; 0 for equal ones, NaN for NaN.</summary>
internal readonly struct AbsoluteSlope : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector difference = TSimd.Subtract(x, y), one = TSimd.Create(1f);
        TVector sign = TSimd.Select(TSimd.Less(y, x), one, difference);
        return TSimd.Select(TSimd.Less(x, y), TSimd.Subtract(default, one), sign);
    }
}
