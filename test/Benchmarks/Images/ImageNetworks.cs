using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>Networks that are trained on images, as layers that PyTorch is told too.</summary>
/// <param name="Name">Method and data.</param>
/// <param name="Input">The images.</param>
/// <param name="Batch">Images of a step.</param>
/// <param name="Encoder">From images to codes.</param>
/// <param name="Decoder">From codes back to images; null where the mean square of the codes is what a step lowers.</param>
internal sealed record ImageNetworks(string Name, MapShape Input, int Batch, LayerSpec[] Encoder, LayerSpec[]? Decoder)
{
    private static readonly Activation _leaky = Activation.LeakyRelu(0.1f);

    /// <summary>All that are raced.</summary>
    public static IReadOnlyList<ImageNetworks> All { get; } =
    [
        new("Deep SVDD on 28 x 28", new MapShape(28, 28, 1), 200,
        [
            LayerSpec.Convolution(8, new WindowSpec(5, 1, 2, 2), _leaky, Normalization.Batch), LayerSpec.MaxPooling(2),
            LayerSpec.Convolution(4, new WindowSpec(5, 1, 2, 2), _leaky, Normalization.Batch), LayerSpec.MaxPooling(2),
            new LayerSpec(32, Activation.Identity),
        ], Decoder: null),
        new("DA3D's autoencoder on 28 x 28", new MapShape(28, 28, 1), 256,
        [
            LayerSpec.Convolution(32, new WindowSpec(3, 2, 0, 1), _leaky, Normalization.Batch),
            LayerSpec.Convolution(16, new WindowSpec(3, 2, 0, 1), _leaky, Normalization.Batch),
            LayerSpec.Convolution(8, new WindowSpec(3, 2, 1, 1), _leaky, Normalization.Batch),
            new LayerSpec(16, Activation.Identity),
        ],
        [
            LayerSpec.TransposedConvolution(8, new WindowSpec(4, 2, 1, 1), _leaky, Normalization.Batch),
            LayerSpec.TransposedConvolution(16, new WindowSpec(4, 2), _leaky, Normalization.Batch),
            LayerSpec.TransposedConvolution(32, new WindowSpec(4, 2), _leaky, Normalization.Batch),
            LayerSpec.TransposedConvolution(1, new WindowSpec(4, 2, 1, 1), Activation.Identity),
        ]),
        new("ALAD's encoder and generator on 32 x 32 x 3, a quarter of the widths", new MapShape(32, 32, 3), 32,
        [
            LayerSpec.Convolution(32, new WindowSpec(4, 2, 1, 1), _leaky, Normalization.Batch),
            LayerSpec.Convolution(64, new WindowSpec(4, 2, 1, 1), _leaky, Normalization.Batch),
            LayerSpec.Convolution(128, new WindowSpec(4, 2, 1, 1), _leaky, Normalization.Batch),
            new LayerSpec(100, Activation.Identity),
        ],
        [
            LayerSpec.TransposedConvolution(128, new WindowSpec(4, 2), Activation.Relu, Normalization.Batch),
            LayerSpec.TransposedConvolution(64, new WindowSpec(4, 2, 1, 1), Activation.Relu, Normalization.Batch),
            LayerSpec.TransposedConvolution(32, new WindowSpec(4, 2, 1, 1), Activation.Relu, Normalization.Batch),
            LayerSpec.TransposedConvolution(3, new WindowSpec(4, 2, 1, 1), Activation.Tanh),
        ]),
    ];

    /// <summary>What PyTorch builds the same networks from.</summary>
    public object Description => new
    {
        height = Input.Height,
        width = Input.Width,
        channels = Input.Channels,
        batch = Batch,
        encoder = Array.ConvertAll(Encoder, Describe),
        decoder = Decoder is null ? null : Array.ConvertAll(Decoder, Describe),
    };

    private static object Describe(LayerSpec layer) => new
    {
        kind = layer.Kind.ToString(),
        outputs = layer.Width,
        size = layer.Window.Size,
        stride = layer.Window.Stride,
        before = layer.Window.Before,
        after = layer.Window.After,
        normalized = layer.Normalization == Normalization.Batch,
        activation = layer.Activation.Kind.ToString(),
        slope = layer.Activation.Slope,
    };
}
