using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>One layer of an <see cref="Mlp"/>: dropout(activation(normalisation(x W + bias))).</summary>
/// <param name="Width">Number of outputs.</param>
/// <param name="Activation">The function applied to them.</param>
/// <param name="Normalization">What stands between the product and the activation.</param>
/// <param name="Dropout">Share of the outputs that training sets to zero, in [0, 1).</param>
/// <param name="SpectralNorm">Whether the weights are divided by their largest singular value (Miyato et al. 2018).</param>
public readonly record struct LayerSpec(
    int Width, Activation Activation, Normalization Normalization = Normalization.None, float Dropout = 0, bool SpectralNorm = false)
{
    /// <summary>Whether the product stands without a bias; before a batch normalisation it does in any case.</summary>
    public bool WithoutBias { get; init; }
}

/// <summary>The normalisations that a layer can have.</summary>
public enum Normalization
{
    /// <summary>None.</summary>
    None,

    /// <summary>Over the rows of the batch: <see cref="BatchNorm"/>.</summary>
    Batch,

    /// <summary>Over the columns of each row: <see cref="LayerNorm"/>.</summary>
    Layer,
}

/// <summary>Settings of all batch normalisations of a network; the defaults are PyTorch's.</summary>
/// <param name="Momentum">Weight of a new batch in the running statistics, above 0 and at most 1.</param>
/// <param name="Epsilon">Added to the variance, positive.</param>
public sealed record BatchNormSettings(float Momentum = 0.1f, float Epsilon = 1e-5f)
{
    /// <summary>Whether normalised columns are scaled and shifted by trained numbers.</summary>
    public bool IsAffine { get; init; } = true;
}
