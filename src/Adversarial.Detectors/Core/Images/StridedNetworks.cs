using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// Encoders, discriminators and generators of convolutions with a stride, as the deep convolutional GAN has them (Radford, Metz and Chintala 2016): windows of
/// 4 x 4 that halve the images until the shorter side is 4 or less, and transposed ones that take the same way back.
/// </summary>
internal sealed class StridedNetworks
{
    private const int Window = 4;
    private const int SideOfCode = 4;
    private const int FirstChannels = 32;
    private const int MostChannels = 128;
    private const int CodeOfGray = 32;
    private const int CodeOfColours = 64;

    // Images before each stage, and after the last one.
    private readonly MapShape[] _maps;

    private StridedNetworks(MapShape[] maps) => _maps = maps;

    /// <summary>Stages for images of a shape; null where there is none.</summary>
    /// <param name="shape">The shape, or null for a table.</param>
    /// <param name="channels">Channels of the convolutions; null is 32, 64, 128, 128 and so on, one for each halving.</param>
    public static StridedNetworks? Of(ImageShape? shape, int[]? channels)
    {
        if (shape is null)
            return null;
        var maps = new List<MapShape> { new(shape.Height, shape.Width, shape.Channels) };
        for (int i = 0; channels is null ? i == 0 || IsHalved(maps[^1]) : i < channels.Length; i++)
        {
            MapShape from = maps[^1];
            int stride = StrideOf(from), count = channels?[i] ?? Math.Min(FirstChannels << Math.Min(i, 8), MostChannels);
            maps.Add(new MapShape((from.Height + stride - 1) / stride, (from.Width + stride - 1) / stride, count));
        }

        return new StridedNetworks([.. maps]);
    }

    /// <summary>Channels of the convolutions.</summary>
    public IEnumerable<int> Channels => _maps.Skip(1).Select(maps => maps.Channels);

    /// <summary>A code for images of a shape that no paper has: 32 numbers of gray ones, 64 of others.</summary>
    public static int CodeOf(ImageShape shape) => shape.Channels == 1 ? CodeOfGray : CodeOfColours;

    private static bool IsHalved(MapShape maps) => Math.Min(maps.Height, maps.Width) > SideOfCode;

    private static int StrideOf(MapShape maps) => IsHalved(maps) ? 2 : 1;

    // From maps to the next ones, or back: what a side lacks for whole strides stands below and to the right.
    private WindowSpec WindowOf(int stage)
    {
        (MapShape from, MapShape to) = (_maps[stage], _maps[stage + 1]);
        int stride = StrideOf(from);
        int After(int pixels, int places) => (places - 1) * stride + Window - pixels - 1;
        return new WindowSpec(Window, stride, 1, After(from.Height, to.Height)) { Right = After(from.Width, to.Width) };
    }

    private IEnumerable<LayerSpec> Convolutions(Activation activation, Normalization normalization, float dropout, bool isSpectral) =>
        Enumerable.Range(0, _maps.Length - 1).Select(i =>
            LayerSpec.Convolution(_maps[i + 1].Channels, WindowOf(i), activation, i == 0 ? Normalization.None : normalization) with { Dropout = dropout, SpectralNorm = isSpectral });

    /// <summary>From images to rows of some outputs, without an activation.</summary>
    public RowNetwork Encoder(IDevice device, string name, int outputs, Activation activation, Normalization normalization = Normalization.None, bool isSpectral = false,
        int hiddenPooling = 1, float dropout = 0) =>
        new ConvolutionalNetwork(device, name, _maps[0], [.. Convolutions(activation, normalization, dropout, isSpectral), new LayerSpec(outputs, Activation.Identity)])
        {
            HiddenPooling = hiddenPooling,
        };

    /// <summary>Stages of the same kind for pairs of images, whose pixels stand beside each other.</summary>
    public StridedNetworks OfPairs() => new([_maps[0] with { Channels = 2 * _maps[0].Channels }, .. _maps[1..]]);

    /// <summary>Two images as one whose pixels have the channels of both.</summary>
    public static Tensor Pair(Tensor a, Tensor b, ImageShape shape)
    {
        Tensor Pixels(Tensor images) => images.Reshape(images.Rows * (images.Columns / shape.Channels), shape.Channels);
        return ConcatenateColumns(Pixels(a), Pixels(b)).Reshape(a.Rows, 2 * a.Columns);
    }

    /// <summary>The encoder's convolutions alone, for what reads images: its output is all of the last maps.</summary>
    public RowNetwork Reader(IDevice device, string name, Activation activation, Normalization normalization = Normalization.None, float dropout = 0, bool isSpectral = false) =>
        new ConvolutionalNetwork(device, name, _maps[0], [.. Convolutions(activation, normalization, dropout, isSpectral)]);

    /// <summary>From rows to images, without an activation of the pixels.</summary>
    public RowNetwork Decoder(IDevice device, string name, int inputs, Activation activation, Normalization normalization = Normalization.None, int hiddenPooling = 1)
    {
        var layers = new List<LayerSpec>
        {
            new(_maps[^1].Features, activation, normalization),
            LayerSpec.Reshape(_maps[^1]),
        };
        for (int i = _maps.Length - 2; i > 0; i--)
            layers.Add(LayerSpec.TransposedConvolution(_maps[i].Channels, WindowOf(i), activation, normalization));
        layers.Add(LayerSpec.TransposedConvolution(_maps[0].Channels, WindowOf(0), Activation.Identity));
        return new ConvolutionalNetwork(device, name, new MapShape(1, 1, inputs), [.. layers]) { HiddenPooling = hiddenPooling };
    }
}
