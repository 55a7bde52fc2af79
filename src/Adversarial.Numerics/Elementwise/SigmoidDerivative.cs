using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>x * sigmoid' read off the activated value y.</summary>
internal readonly struct SigmoidDerivative : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Multiply(x, TSimd.Multiply(y, TSimd.Subtract(TSimd.Create(1f), y)));
}
