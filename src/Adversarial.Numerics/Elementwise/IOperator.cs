namespace Adversarial.Numerics;

/// <summary>An operation on single elements; what it reads is known when it is compiled, and nothing else is loaded.</summary>
internal interface IOperator
{
    /// <summary>Whether the second source is read.</summary>
    static virtual bool ReadsSecond => false;

    /// <summary>Whether the result's former value is read.</summary>
    static virtual bool ReadsResult => false;

    /// <summary>Whether the mask is read.</summary>
    static virtual bool ReadsMask => false;

    /// <param name="x">The first source.</param>
    /// <param name="y">The second source.</param>
    /// <param name="result">The result's former value.</param>
    /// <param name="mask">All bits set where the mask keeps.</param>
    TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}
