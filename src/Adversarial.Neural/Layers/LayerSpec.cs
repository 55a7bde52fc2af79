using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>One layer of a network: dropout(activation(normalisation(x W + bias))), or what <see cref="Kind"/> says.</summary>
/// <param name="Width">Number of outputs, or of channels that a convolution gives.</param>
/// <param name="Activation">The function applied to them.</param>
/// <param name="Normalization">What stands between the product and the activation.</param>
/// <param name="Dropout">Share of the outputs that training sets to zero, in [0, 1).</param>
/// <param name="SpectralNorm">Whether the weights are divided by their largest singular value (Miyato et al. 2018).</param>
public readonly record struct LayerSpec(
    int Width, Activation Activation, Normalization Normalization = Normalization.None, float Dropout = 0, bool SpectralNorm = false)
{
    /// <summary>Whether the product stands without a bias; before a batch normalisation it does in any case.</summary>
    public bool WithoutBias { get; init; }

    /// <summary>What the layer does; the others than <see cref="LayerKind.Dense"/> are for a <see cref="ConvolutionalNetwork"/>.</summary>
    public LayerKind Kind { get; init; }

    /// <summary>The window of a convolution or a pooling; its size is the factor of an upsampling.</summary>
    public WindowSpec Window { get; init; }

    /// <summary>What a reshaping makes of the features.</summary>
    public MapShape Maps { get; init; }

    internal bool HasBias => !WithoutBias && Normalization != Normalization.Batch;

    /// <summary>A convolution.</summary>
    public static LayerSpec Convolution(int channels, WindowSpec window, Activation activation, Normalization normalization = Normalization.None) =>
        new(channels, activation, normalization) { Kind = LayerKind.Convolution, Window = window };

    /// <summary>A transposed convolution: the way back of the convolution with this window.</summary>
    public static LayerSpec TransposedConvolution(int channels, WindowSpec window, Activation activation, Normalization normalization = Normalization.None) =>
        new(channels, activation, normalization) { Kind = LayerKind.TransposedConvolution, Window = window };

    /// <summary>The largest value of each channel in each window, whose stride is its size.</summary>
    public static LayerSpec MaxPooling(int size) => new() { Kind = LayerKind.MaxPooling, Window = new WindowSpec(size, size) };

    /// <summary>The mean of each channel in each window, whose stride is its size.</summary>
    public static LayerSpec AveragePooling(int size) => new() { Kind = LayerKind.AveragePooling, Window = new WindowSpec(size, size) };

    /// <summary>Each pixel becomes a block of its like (nearest neighbour).</summary>
    public static LayerSpec Upsampling(int factor) => new() { Kind = LayerKind.Upsampling, Window = new WindowSpec(factor, factor) };

    /// <summary>The features, in their order, as maps. The other way round needs no layer: a dense one takes maps as rows, line by line.</summary>
    public static LayerSpec Reshape(MapShape maps) => new() { Kind = LayerKind.Reshape, Maps = maps };

    /// <summary>A normalisation of each channel, or none, and an activation, without weights.</summary>
    public static LayerSpec Activate(Activation activation, Normalization normalization = Normalization.None) =>
        new(0, activation, normalization) { Kind = LayerKind.Activation };
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
