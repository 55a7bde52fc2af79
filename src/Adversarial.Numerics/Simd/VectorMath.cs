using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// Elementary functions of single precision, within about two units in the last place. They are chains of multiply-adds without a
/// branch on the data, so a value depends neither on its neighbours in the vector nor on the vector's width.
/// Polynomials: S. Moshier, Cephes (expf, logf, tanhf, sinf, cosf).
/// </summary>
internal static class VectorMath<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>e^x; 0 below -87.3 and infinite above 88.7, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        // Clamped, the power of two splits into two normal factors; the result still overflows or vanishes where it should.
        TVector bounded = TSimd.Min(TSimd.Create(89f), TSimd.Max(TSimd.Create(-104f), x));
        TVector n = TSimd.Round(TSimd.Multiply(bounded, TSimd.Create(1.44269504f)));
        TVector r = TSimd.FusedMultiplyAdd(n, TSimd.Create(-0.693359375f), bounded);
        r = TSimd.FusedMultiplyAdd(n, TSimd.Create(2.12194440e-4f), r);
        TVector p = TSimd.Create(1.9875691500e-4f);
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(1.3981999507e-3f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(8.3334519073e-3f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(4.1665795894e-2f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(1.6666665459e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(5.0000001201e-1f));
        p = TSimd.Add(TSimd.FusedMultiplyAdd(p, TSimd.Multiply(r, r), r), TSimd.Create(1f));
        TVector half = TSimd.Round(TSimd.Multiply(n, TSimd.Create(0.5f)));
        return TSimd.Multiply(TSimd.Multiply(p, TSimd.PowerOfTwo(half)), TSimd.PowerOfTwo(TSimd.Subtract(n, half)));
    }

    /// <summary>The natural logarithm of a positive normal finite number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log(TVector x)
    {
        (TVector fraction, TVector exponent) = TSimd.Split(x);
        TVector r = TSimd.Subtract(fraction, TSimd.Create(1f));
        TVector z = TSimd.Multiply(r, r);
        TVector p = TSimd.Create(7.0376836292e-2f);
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(-1.1514610310e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(1.1676998740e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(-1.2420140846e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(1.4249322787e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(-1.6668057665e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(2.0000714765e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(-2.4999993993e-1f));
        p = TSimd.FusedMultiplyAdd(p, r, TSimd.Create(3.3333331174e-1f));
        TVector tail = TSimd.Multiply(TSimd.Multiply(p, r), z);
        tail = TSimd.FusedMultiplyAdd(exponent, TSimd.Create(-2.12194440e-4f), tail);
        tail = TSimd.FusedMultiplyAdd(z, TSimd.Create(-0.5f), tail);
        return TSimd.FusedMultiplyAdd(exponent, TSimd.Create(0.693359375f), TSimd.Add(r, tail));
    }

    /// <summary>log(1 + e) for e from 0 to 1, accurate for small e too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOnePlus(TVector e)
    {
        TVector one = TSimd.Create(1f), u = TSimd.Add(one, e);
        return TSimd.Add(Log(u), TSimd.Divide(TSimd.Subtract(e, TSimd.Subtract(u, one)), u));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        // The exponential of the negative magnitude never overflows, and keeps the small end's relative accuracy.
        TVector one = TSimd.Create(1f), e = Exp(TSimd.Subtract(default, TSimd.Abs(x)));
        TVector numerator = TSimd.Select(TSimd.Less(x, default), e, one);
        return TSimd.Divide(numerator, TSimd.Add(one, e));
    }

    /// <summary>tanh(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        TVector magnitude = TSimd.Abs(x), z = TSimd.Multiply(x, x), one = TSimd.Create(1f);
        TVector p = TSimd.Create(-5.70498872745e-3f);
        p = TSimd.FusedMultiplyAdd(p, z, TSimd.Create(2.06390887954e-2f));
        p = TSimd.FusedMultiplyAdd(p, z, TSimd.Create(-5.37397155531e-2f));
        p = TSimd.FusedMultiplyAdd(p, z, TSimd.Create(1.33314422036e-1f));
        p = TSimd.FusedMultiplyAdd(p, z, TSimd.Create(-3.33332819422e-1f));
        TVector near = TSimd.FusedMultiplyAdd(TSimd.Multiply(p, z), x, x);
        TVector e = Exp(TSimd.Multiply(magnitude, TSimd.Create(-2f)));
        TVector far = TSimd.Divide(TSimd.Subtract(one, e), TSimd.Add(one, e));
        far = TSimd.Select(TSimd.Less(x, default), TSimd.Subtract(default, far), far);
        return TSimd.Select(TSimd.Less(magnitude, TSimd.Create(0.625f)), near, far);
    }

    /// <summary>Sine and cosine of so many whole turns, for turns from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Sin, TVector Cos) SinCosOfTurn(TVector turn)
    {
        // A quarter turn is exact in binary, so the reduction loses nothing.
        TVector quarter = TSimd.Round(TSimd.Multiply(turn, TSimd.Create(4f)));
        TVector angle = TSimd.Multiply(TSimd.FusedMultiplyAdd(quarter, TSimd.Create(-0.25f), turn), TSimd.Create(MathF.Tau));
        TVector z = TSimd.Multiply(angle, angle), one = TSimd.Create(1f);
        TVector s = TSimd.FusedMultiplyAdd(TSimd.Create(-1.9515295891e-4f), z, TSimd.Create(8.3321608736e-3f));
        s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(-1.6666654611e-1f));
        s = TSimd.FusedMultiplyAdd(TSimd.Multiply(s, z), angle, angle);
        TVector c = TSimd.FusedMultiplyAdd(TSimd.Create(2.443315711809948e-5f), z, TSimd.Create(-1.388731625493765e-3f));
        c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(4.166664568298827e-2f));
        c = TSimd.FusedMultiplyAdd(c, TSimd.Multiply(z, z), TSimd.FusedMultiplyAdd(z, TSimd.Create(-0.5f), one));

        // Quarters 1 and 3 swap the two; quarters 2 and 3 turn the sine's sign, 1 and 2 the cosine's. 4 is 0 again.
        TVector half = TSimd.Round(TSimd.FusedMultiplyAdd(quarter, TSimd.Create(0.5f), TSimd.Create(-0.25f)));
        TVector odd = TSimd.Subtract(quarter, TSimd.Multiply(half, TSimd.Create(2f)));
        TVector swap = TSimd.Less(TSimd.Create(0.5f), TSimd.Abs(odd));
        TVector sine = TSimd.Select(swap, c, s), cosine = TSimd.Select(swap, s, c);
        TVector lowerHalf = TSimd.And(TSimd.Less(TSimd.Create(1.5f), quarter), TSimd.Less(quarter, TSimd.Create(3.5f)));
        TVector leftHalf = TSimd.And(TSimd.Less(TSimd.Create(0.5f), quarter), TSimd.Less(quarter, TSimd.Create(2.5f)));
        sine = TSimd.Select(lowerHalf, TSimd.Subtract(default, sine), sine);
        cosine = TSimd.Select(leftHalf, TSimd.Subtract(default, cosine), cosine);
        return (sine, cosine);
    }
}
