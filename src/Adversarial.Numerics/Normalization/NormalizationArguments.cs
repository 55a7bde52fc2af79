namespace Adversarial.Numerics;

/// <summary>The matrices of a normalisation's way forth, or of its way back where there is a gradient.</summary>
internal unsafe struct NormalizationArguments
{
    public float* X;
    public nint XRow;

    /// <summary>Means and inverse deviations: one a row with <see cref="OfRows"/>, else one a column.</summary>
    public float* Mean;
    public float* Inverse;
    public bool OfRows;
    public float* Scale;

    /// <summary>Read on the way forth only, as are activation and mask.</summary>
    public float* Shift;
    public Activation Activation;
    public uint* Mask;
    public float MaskScale;

    /// <summary>The gradient; null on the way forth.</summary>
    public float* Dy;
    public nint DyRow;

    /// <summary>Column sums of the gradient, or null where the columns' statistics are constants.</summary>
    public float* ScaleSums;
    public float* ShiftSums;

    public float* Result;
    public nint ResultRow;
    public bool Accumulate;
    public int Rows;
    public int Columns;
}
