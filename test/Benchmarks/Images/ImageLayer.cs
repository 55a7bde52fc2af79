using System.Globalization;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>A convolution that the papers' networks have.</summary>
/// <param name="Network">Where it occurs.</param>
/// <param name="Input">The maps that it takes.</param>
/// <param name="Spec">The layer.</param>
internal sealed record ImageLayer(string Network, MapShape Input, LayerSpec Spec)
{
    /// <summary>From so much work an image on, the shape is asked to come near the ceiling.</summary>
    public const double LargeFlop = 1e6;

    private static readonly Activation _leaky = Activation.LeakyRelu(0.1f);

    /// <summary>The layers of the methods on MNIST and CIFAR-10, as the papers have them.</summary>
    public static IReadOnlyList<ImageLayer> All { get; } =
    [
        Convolution("Deep SVDD, digits", new MapShape(28, 28, 1), 8, new WindowSpec(5, 1, 2, 2)),
        Convolution("Deep SVDD, digits", new MapShape(14, 14, 8), 4, new WindowSpec(5, 1, 2, 2)),
        Convolution("Deep SVDD, colours", new MapShape(32, 32, 3), 32, new WindowSpec(5, 1, 2, 2)),
        Convolution("Deep SVDD, colours", new MapShape(16, 16, 32), 64, new WindowSpec(5, 1, 2, 2)),
        Convolution("Deep SVDD, colours", new MapShape(8, 8, 64), 128, new WindowSpec(5, 1, 2, 2)),
        Convolution("DA3D", new MapShape(28, 28, 1), 32, WindowSpec.Same(3, 2)),
        Convolution("DA3D", new MapShape(14, 14, 32), 16, WindowSpec.Same(3, 2)),
        Transposed("DA3D", new MapShape(6, 6, 16), 32, new WindowSpec(4, 2)),
        Convolution("AnoEAN", new MapShape(14, 14, 32), 64, WindowSpec.Same(4, 2)),
        Convolution("AnoEAN", new MapShape(7, 7, 64), 128, WindowSpec.Same(4, 2)),
        Convolution("EGBAD", new MapShape(28, 28, 32), 64, WindowSpec.Same(3, 2)),
        Convolution("EGBAD", new MapShape(14, 14, 64), 128, WindowSpec.Same(3, 2)),
        Convolution("ALAD, a quarter", new MapShape(32, 32, 3), 32, WindowSpec.Same(4, 2)),
        Convolution("ALAD, a quarter", new MapShape(16, 16, 32), 64, WindowSpec.Same(4, 2)),
        Convolution("ALAD, a quarter", new MapShape(8, 8, 64), 128, WindowSpec.Same(4, 2)),
        Transposed("ALAD, a quarter", new MapShape(4, 4, 128), 64, WindowSpec.Same(4, 2)),
        Transposed("ALAD, a quarter", new MapShape(8, 8, 64), 32, WindowSpec.Same(4, 2)),
        Transposed("ALAD, a quarter", new MapShape(16, 16, 32), 3, WindowSpec.Same(4, 2)),
        Convolution("ALAD", new MapShape(32, 32, 3), 128, WindowSpec.Same(4, 2)),
        Convolution("ALAD", new MapShape(16, 16, 128), 256, WindowSpec.Same(4, 2)),
        Convolution("ALAD", new MapShape(8, 8, 256), 512, WindowSpec.Same(4, 2)),
        Transposed("ALAD", new MapShape(4, 4, 512), 256, WindowSpec.Same(4, 2)),
        Transposed("ALAD", new MapShape(8, 8, 256), 128, WindowSpec.Same(4, 2)),
    ];

    private static ImageLayer Convolution(string network, MapShape input, int channels, WindowSpec window) =>
        new(network, input, LayerSpec.Convolution(channels, window, _leaky));

    private static ImageLayer Transposed(string network, MapShape input, int channels, WindowSpec window) =>
        new(network, input, LayerSpec.TransposedConvolution(channels, window, _leaky));

    public override string ToString()
    {
        string kind = Spec.Kind == LayerKind.Convolution ? "conv" : "transposed";
        return string.Create(CultureInfo.InvariantCulture, $"{Network}: {Input}, {kind} {Spec.Width} of {Spec.Window.Size} x {Spec.Window.Size}, stride {Spec.Window.Stride}");
    }
}
