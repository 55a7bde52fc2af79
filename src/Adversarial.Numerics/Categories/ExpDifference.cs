using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>exp(x - y).</summary>
internal readonly struct ExpDifference : IOperator
{
    public static bool ReadsSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => VectorMath<TSimd, TVector>.Exp(TSimd.Subtract(x, y));
}
