using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>Adds what the inner operation gives to the result's former value.</summary>
internal readonly struct Accumulated<TInner>(TInner inner) : IOperator
    where TInner : struct, IOperator
{
    public static bool ReadsSecond => TInner.ReadsSecond;

    public static bool ReadsResult => true;

    public static bool ReadsMask => TInner.ReadsMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.Add(result, inner.Invoke<TSimd, TVector>(x, y, result, mask));
}

/// <summary>Dropout after the inner operation: 0, or its value times the scale.</summary>
internal readonly struct Dropped<TInner>(TInner inner, float scale) : IOperator
    where TInner : struct, IOperator
{
    public static bool ReadsSecond => TInner.ReadsSecond;

    public static bool ReadsMask => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged =>
        TSimd.And(TSimd.Multiply(inner.Invoke<TSimd, TVector>(x, y, result, mask), TSimd.Create(scale)), mask);
}

/// <summary>A gradient's way back through dropout and then through the inner derivative; y stands after the dropout.</summary>
internal readonly struct DroppedDerivative<TInner>(TInner inner, float scale) : IOperator
    where TInner : struct, IOperator
{
    private readonly float _unscale = 1 / scale;

    public static bool ReadsSecond => true;

    public static bool ReadsMask => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector gradient = TSimd.Multiply(x, TSimd.Create(scale)), activated = TSimd.Multiply(y, TSimd.Create(_unscale));
        return TSimd.And(inner.Invoke<TSimd, TVector>(gradient, activated, result, mask), mask);
    }
}
