using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>sigmoid(x) - y, without cancellation where the answer is right and confident.</summary>
internal readonly struct LogitSlope : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        // On the positive side 1 - y is taken first, so that a target of 1 leaves the small remainder exact.
        TVector one = TSimd.Create(1f), e = VectorMath<TSimd, TVector>.Exp(TSimd.Subtract(default, TSimd.Abs(x)));
        TVector tail = TSimd.Divide(e, TSimd.Add(one, e));
        TVector positive = TSimd.Subtract(TSimd.Subtract(one, y), tail);
        return TSimd.Select(TSimd.Less(x, default), TSimd.Subtract(tail, y), positive);
    }
}
