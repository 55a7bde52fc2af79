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

    /// <summary>The smaller; NaN where either is.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary>The larger; NaN where either is.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>The larger of x and 0; NaN for NaN.</summary>
    static abstract TVector Positive(TVector x);

    /// <summary>All bits set where x &lt; y.</summary>
    static abstract TVector Less(TVector x, TVector y);

    /// <summary>All bits set where x &lt;= y.</summary>
    static abstract TVector LessOrEqual(TVector x, TVector y);

    static abstract TVector And(TVector x, TVector y);

    /// <summary>The bits of x that are not set in the mask.</summary>
    static abstract TVector AndNot(TVector x, TVector mask);

    /// <summary>x where the mask's bits are set, else y.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    static abstract TVector Exp(TVector x);

    static abstract TVector Log(TVector x);

    static abstract (TVector Sin, TVector Cos) SinCos(TVector x);

    /// <summary>A vector mask from the low bits of a number, lane by lane.</summary>
    static abstract TVector Mask(uint bits);
}
