using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x * relu' read off the activated value y.</summary>
internal readonly struct ReluDerivative : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.AndNot(x, TSimd.LessOrEqual(y, default));
}
