namespace Adversarial.Numerics;

/// <summary>
/// What the kernels need of a vector width. The kernels are generic over it, so that one text serves every width and the runtime
/// compiles it for each as if it had been written out.
/// </summary>
/// <typeparam name="TVector">The vector of floats.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* target);

    /// <summary>Loads the first <paramref name="count"/> floats and touches no other; the rest of the vector is 0.</summary>
    static abstract TVector LoadPartial(float* source, int count);

    /// <summary>Stores the first <paramref name="count"/> floats and touches no other.</summary>
    static abstract void StorePartial(TVector value, float* target, int count);

    static abstract TVector Create(float value);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Subtract(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>x * y + z, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector z);

    static abstract TVector Sqrt(TVector x);

    static abstract TVector Abs(TVector x);

    /// <summary>The smaller; NaN where y is: the one rule that every processor keeps.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary>The larger; NaN where y is.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>All bits set where x &lt; y.</summary>
    static abstract TVector Less(TVector x, TVector y);

    /// <summary>All bits set where x &lt;= y.</summary>
    static abstract TVector LessOrEqual(TVector x, TVector y);

    static abstract TVector And(TVector x, TVector y);

    /// <summary>The bits of x that are not set in the mask.</summary>
    static abstract TVector AndNot(TVector x, TVector mask);

    /// <summary>x where the mask's bits are set, else y.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    /// <summary>The nearest whole number, the even one of two.</summary>
    static abstract TVector Round(TVector x);

    /// <summary>2^n for whole n from -126 to 127.</summary>
    static abstract TVector PowerOfTwo(TVector n);

    /// <summary>x = fraction * 2^exponent with fraction from sqrt(1/2) to sqrt(2), for normal positive x.</summary>
    static abstract (TVector Fraction, TVector Exponent) Split(TVector x);

    /// <summary>Uniform numbers from 0 to below 1: the upper 24 bits of each word.</summary>
    static abstract TVector Fraction(uint* words);

    /// <summary>A vector mask from the low bits of a number, lane by lane.</summary>
    static abstract TVector Mask(uint bits);
}
