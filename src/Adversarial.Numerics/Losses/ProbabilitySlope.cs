using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>(x - y) / (x (1 - x)), and 0 outside the clamp.</summary>
internal readonly struct ProbabilitySlope : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector one = TSimd.Create(1f);
        TVector slope = TSimd.Divide(TSimd.Subtract(x, y), TSimd.Multiply(x, TSimd.Subtract(one, x)));
        slope = TSimd.AndNot(slope, TSimd.Less(x, TSimd.Create(LossReference.Epsilon)));
        return TSimd.AndNot(slope, TSimd.Less(TSimd.Create(1 - LossReference.Epsilon), x));
    }
}
