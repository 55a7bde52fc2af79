using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>(x - result) * y: a softmax's gradient x less its weighted sum, times the softmax y.</summary>
internal readonly struct ResidualOperator : IOperator
{
    public static bool ReadsSecond => true;

    public static bool ReadsResult => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Multiply(TSimd.Subtract(x, result), y);
}
