namespace Adversarial.Numerics;

/// <summary>
/// One matrix product C (+)= A B and what follows it, whichever of a layer's three products it is: the strides say how A and B are
/// read, so that forward, input gradient and weight gradient share one driver.
/// </summary>
internal unsafe struct Product
{
    /// <summary>Element (i, k) of A stands at A + i * ARow + k * AStep.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>Element (k, j) of B stands at B + k * BStep + j, or transposed at B + j * BStep + k.</summary>
    public float* B;
    public nint BStep;
    public bool BTransposed;

    /// <summary>
    /// Room for a copy of all of B in the order of its use, panel behind panel, each over the whole depth; or null, and then a copy is made
    /// where it pays and lasts as long as the product.
    /// </summary>
    public float* Copy;

    /// <summary>Whether the copy has been made.</summary>
    public bool IsCopied;

    /// <summary>Row-major.</summary>
    public float* C;
    public nint CRow;

    public int Rows;
    public int Columns;
    public int Depth;

    /// <summary>Whether the product is added to C.</summary>
    public bool Load;

    /// <summary>When not null, it gets the column sums of B, which must not be transposed; added to what is there where C is.</summary>
    public float* ColumnSums;

    /// <summary>The columns that are summed, from a multiple of 32 on.</summary>
    public int FirstSum;
    public int EndSum;

    /// <summary>Multiplies the columns of C in the end, before the bias is added; or null.</summary>
    public float* Scale;

    /// <summary>Added to the columns of C in the end, or null.</summary>
    public float* Bias;

    /// <summary>Applied after the bias.</summary>
    public Activation Activation;

    /// <summary>Dropout after the activation; or on the way back, before the derivative; or null.</summary>
    public uint* Mask;
    public float MaskScale;

    /// <summary>When not null, C is multiplied with the derivative of <see cref="ActivatedBy"/> read off these values.</summary>
    public float* Activated;
    public nint ActivatedRow;
    public Activation ActivatedBy;
}
