namespace Adversarial.Neural;

/// <summary>What a layer does.</summary>
public enum LayerKind
{
    /// <summary>A product of all features with weights.</summary>
    Dense,

    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>A transposed convolution.</summary>
    TransposedConvolution,

    /// <summary>Largest values of windows.</summary>
    MaxPooling,

    /// <summary>Means of windows.</summary>
    AveragePooling,

    /// <summary>Larger maps with each pixel repeated.</summary>
    Upsampling,

    /// <summary>The same features as maps of another shape.</summary>
    Reshape,

    /// <summary>A normalisation and an activation alone.</summary>
    Activation,
}
