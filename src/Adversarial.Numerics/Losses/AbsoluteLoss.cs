using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>|x - y|.</summary>
internal readonly struct AbsoluteLoss : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Abs(TSimd.Subtract(x, y));
}
