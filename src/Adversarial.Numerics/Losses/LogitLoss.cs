using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The cross entropy of sigmoid(x) with the target y: max(x, 0) - x y + log(1 + exp(-|x|)).</summary>
internal readonly struct LogitLoss : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector e = VectorMath<TSimd, TVector>.Exp(TSimd.Subtract(default, TSimd.Abs(x)));
        TVector linear = TSimd.Subtract(TSimd.Max(default, x), TSimd.Multiply(x, y));
        return TSimd.Add(linear, VectorMath<TSimd, TVector>.LogOnePlus(e));
    }
}
