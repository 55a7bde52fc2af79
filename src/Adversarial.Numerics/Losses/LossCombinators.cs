using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The inner operation with one number for all of the second source.</summary>
internal readonly struct ConstantSecond<TInner>(TInner inner, float second) : IOperator
    where TInner : struct, IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        inner.Invoke<TSimd, TVector>(x, TSimd.Create(second), result, mask);
}

/// <summary>The inner operation times a factor.</summary>
internal readonly struct Weighted<TInner>(TInner inner, float weight) : IOperator
    where TInner : struct, IOperator
{
    public static bool ReadsSecond => TInner.ReadsSecond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Multiply(TSimd.Create(weight), inner.Invoke<TSimd, TVector>(x, y, result, mask));
}

/// <summary>The inner operation times a factor, added to the result's former value and rounded once.</summary>
internal readonly struct WeightedSum<TInner>(TInner inner, float weight) : IOperator
    where TInner : struct, IOperator
{
    public static bool ReadsSecond => TInner.ReadsSecond;

    public static bool ReadsResult => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.FusedMultiplyAdd(TSimd.Create(weight), inner.Invoke<TSimd, TVector>(x, y, result, mask), result);
}
