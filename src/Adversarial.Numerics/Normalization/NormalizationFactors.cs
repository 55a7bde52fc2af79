namespace Adversarial.Numerics;

/// <summary>
/// What a normalisation by the statistics of columns does to every row alike: y = Factor * (x - mean) + shift, and back
/// dx = Factor * dy + Plain + Product * (x - mean). They lie in the calling thread's buffer.
/// </summary>
internal readonly unsafe struct NormalizationFactors
{
    private NormalizationFactors(float* values, nint columns)
    {
        Factor = values;
        Plain = values + columns;
        Product = values + 2 * columns;
    }

    /// <summary>scale / deviation.</summary>
    public readonly float* Factor;

    /// <summary>What the mean gives back: minus the factor times the mean gradient.</summary>
    public readonly float* Plain;

    /// <summary>What the deviation gives back: minus the factor times the mean product of gradient and normalised value, over the deviation.</summary>
    public readonly float* Product;

    /// <summary>Room for whole vectors of so many columns.</summary>
    public static NormalizationFactors Of(int columns, int vector)
    {
        nint padded = (columns + vector - 1) / vector * vector;
        return new NormalizationFactors(PackBuffer.Get((nuint)(3 * padded)), padded);
    }
}
