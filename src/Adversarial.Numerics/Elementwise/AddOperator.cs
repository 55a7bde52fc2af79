using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>result + scale * x.</summary>
internal readonly struct AddOperator(float scale) : IOperator
{
    public static bool ReadsResult => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.FusedMultiplyAdd(x, TSimd.Create(scale), result);
}
