using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// An encoder of convolutions and poolings, as LeNet has them, and a decoder that takes the same way back, by upsampling. For 28 x 28 x 1 and
/// 32 x 32 x 3 they are those of Ruff et al. (2018); other sizes are derived: images are halved until the shorter side is 7 or less.
/// </summary>
internal sealed class PoolingNetworks
{
    private const int Window = 5;
    private const int Padding = 2;
    private const int LongestOfCode = 7;
    private const int MostHalvings = 8;
    private const int CodeOfGray = 32;
    private const int CodeOfColours = 128;

    // Channels of a map that is made of a code whose length is no multiple of the map's pixels.
    private const int ChannelsOfCode = 8;

    private static readonly MapShape _digits = new(28, 28, 1);

    // Images before each stage, and after the last one.
    private readonly MapShape[] _maps;
    private readonly int[] _channels;
    private readonly Activation _activation;

    private PoolingNetworks(MapShape[] maps, int[] channels, int latent, Activation activation)
    {
        _maps = maps;
        _channels = channels;
        _activation = activation;
        Latent = latent;
    }

    /// <summary>The images.</summary>
    public MapShape Input => _maps[0];

    /// <summary>Length of the code.</summary>
    public int Latent { get; }

    /// <summary>Sizes for images of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="channels">Channels of the convolutions; null derives them.</param>
    /// <param name="latent">Length of the code; null derives it.</param>
    /// <param name="activation">The activation of all hidden layers.</param>
    public static PoolingNetworks Of(ImageShape shape, int[]? channels, int? latent, Activation activation)
    {
        channels ??= ChannelsOf(shape);
        var maps = new List<MapShape> { new(shape.Height, shape.Width, shape.Channels) };
        foreach (int count in channels)
        {
            MapShape from = maps[^1];
            bool halves = IsHalved(from);
            maps.Add(new MapShape(halves ? from.Height / 2 : from.Height, halves ? from.Width / 2 : from.Width, count));
        }

        return new PoolingNetworks([.. maps], channels, latent ?? (shape.Channels == 1 ? CodeOfGray : CodeOfColours), activation);
    }

    private static bool IsHalved(MapShape maps) => Math.Min(maps.Height, maps.Width) > LongestOfCode;

    private static int[] ChannelsOf(ImageShape shape)
    {
        int halvings = 0;
        for (int side = Math.Min(shape.Height, shape.Width); side > LongestOfCode && halvings < MostHalvings; side /= 2)
            halvings++;
        int stages = Math.Max(halvings, 1);
        return shape.Channels == 1 && stages <= 2
            ? [.. Enumerable.Range(0, stages).Select(i => 8 >> i)]
            : [.. Enumerable.Range(0, stages).Select(i => Math.Min((shape.Channels == 1 ? 8 : 32) << i, CodeOfColours))];
    }

    /// <summary>Layers from images to codes.</summary>
    /// <param name="withoutBias">Whether the code has no bias.</param>
    public LayerSpec[] Encoder(bool withoutBias)
    {
        var layers = new List<LayerSpec>();
        for (int i = 0; i < _channels.Length; i++)
        {
            layers.Add(LayerSpec.Convolution(_channels[i], new WindowSpec(Window, 1, Padding, Padding), _activation, Normalization.Batch));
            if (IsHalved(_maps[i]))
                layers.Add(LayerSpec.MaxPooling(2));
        }

        layers.Add(new LayerSpec(Latent, Activation.Identity) { WithoutBias = withoutBias });
        return [.. layers];
    }

    /// <summary>Layers from codes to images.</summary>
    /// <param name="output">The activation of the pixels.</param>
    /// <param name="withoutBias">Whether the pixels have no bias.</param>
    public LayerSpec[] Decoder(Activation output, bool withoutBias)
    {
        const int Side = 4;
        if (Input == _digits && _channels.Length == 2 && Latent % (Side * Side) == 0)
        {
            // The authors' own way: from 4 x 4 by doubling, and 16 x 16 is cut to 14 x 14.
            return
            [
                LayerSpec.Reshape(new MapShape(Side, Side, Latent / (Side * Side))), LayerSpec.Activate(_activation),
                LayerSpec.Upsampling(2), Back(_channels[1], Padding, Padding),
                LayerSpec.Upsampling(2), LayerSpec.TransposedConvolution(_channels[0], new WindowSpec(Window, 1, Padding + 1, Padding + 1), _activation, Normalization.Batch),
                LayerSpec.Upsampling(2), Last(Padding, Padding, output, withoutBias),
            ];
        }

        MapShape code = _maps[^1];
        var layers = new List<LayerSpec> { LayerSpec.Activate(_activation, Normalization.Batch) };
        int channels = Latent / code.Pixels;
        if (channels * code.Pixels != Latent)
        {
            channels = ChannelsOfCode;
            layers.Add(new LayerSpec(channels * code.Pixels, _activation, Normalization.Batch));
        }

        layers.Add(LayerSpec.Reshape(code with { Channels = channels }));
        (int below, int right) = (Padding, Padding);
        for (int i = _channels.Length - 1; i >= 0; i--)
        {
            layers.Add(Back(_channels[i], below, right));
            (below, right) = (Padding, Padding);
            if (!IsHalved(_maps[i]))
                continue;
            layers.Add(LayerSpec.Upsampling(2));

            // A line that halving has left out is padded again.
            (below, right) = (Padding - _maps[i].Height % 2, Padding - _maps[i].Width % 2);
        }

        layers.Add(Last(below, right, output, withoutBias));
        return [.. layers];
    }

    private static WindowSpec WindowOf(int below, int right) => new(Window, 1, Padding, below) { Right = right };

    private LayerSpec Back(int channels, int below, int right) =>
        LayerSpec.TransposedConvolution(channels, WindowOf(below, right), _activation, Normalization.Batch);

    private LayerSpec Last(int below, int right, Activation output, bool withoutBias) =>
        LayerSpec.TransposedConvolution(Input.Channels, WindowOf(below, right), output) with { WithoutBias = withoutBias };
}
