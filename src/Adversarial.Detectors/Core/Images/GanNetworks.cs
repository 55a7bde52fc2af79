using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Networks of a generative adversarial game on images as Chen et al. (InfoGAN, 2016) have them for MNIST and the code of EGBAD's authors took them: windows of
/// 4 x 4 that halve the images until the shorter side is 7 or less, dense layers behind them, and the same way back in the generator.
/// </summary>
internal sealed class GanNetworks
{
    private const int Window = 4;
    private const int EncoderWindow = 3;
    private const int LongestOfCode = 7;
    private const int FirstChannels = 32;
    private const int MostChannels = 128;

    // Images before each stage, and after the last one.
    private readonly MapShape[] _maps;
    private readonly IDevice _device;

    private GanNetworks(IDevice device, MapShape[] maps) => (_device, _maps) = (device, maps);

    /// <summary>Units of the dense layers, where nothing else is asked for.</summary>
    public static int[] DenseSizes => [512];

    /// <summary>Channels of EGBAD's code: 64, then 128, one for each halving.</summary>
    public static int[] PublishedChannels(ImageShape shape)
    {
        var channels = new List<int> { FirstChannels * 2 };
        for (int side = (Math.Min(shape.Height, shape.Width) + 1) / 2; side > LongestOfCode; side = (side + 1) / 2)
            channels.Add(MostChannels);
        return [.. channels];
    }

    /// <summary>Networks for images of a shape; null where there is none.</summary>
    /// <param name="device">Where they live.</param>
    /// <param name="shape">The shape, or null for a table.</param>
    /// <param name="channels">Channels of the maps, one for each halving; null is 32, 64, 128, 128 and so on, half of theirs at first.</param>
    public static GanNetworks? Of(IDevice device, ImageShape? shape, int[]? channels)
    {
        if (shape is null)
            return null;
        var maps = new List<MapShape> { new(shape.Height, shape.Width, shape.Channels) };
        for (int i = 0; channels is null ? i == 0 || IsHalved(maps[^1]) : i < channels.Length; i++)
        {
            MapShape from = maps[^1];
            int stride = StrideOf(from);
            maps.Add(new MapShape((from.Height + stride - 1) / stride, (from.Width + stride - 1) / stride, channels?[i] ?? Math.Min(FirstChannels << Math.Min(i, 8), MostChannels)));
        }

        return new GanNetworks(device, [.. maps]);
    }

    private static bool IsHalved(MapShape maps) => Math.Min(maps.Height, maps.Width) > LongestOfCode;

    private static int StrideOf(MapShape maps) => IsHalved(maps) ? 2 : 1;

    // The way back of a window of 4 x 4: what a side lacks for whole strides stands below and to the right.
    private WindowSpec WayBack(int stage)
    {
        (MapShape from, MapShape to) = (_maps[stage], _maps[stage + 1]);
        int stride = StrideOf(from);
        int After(int pixels, int places) => (places - 1) * stride + Window - pixels - 1;
        return new WindowSpec(Window, stride, 1, After(from.Height, to.Height)) { Right = After(from.Width, to.Width) };
    }

    /// <summary>From images to codes: a layer at full size of half of the first channels, then windows of 3 x 3 that halve, normalised over the batch.</summary>
    public RowNetwork BidirectionalEncoder(string name, int[] hidden, int outputs, Activation activation) => Make(name, _maps[0],
    [
        LayerSpec.Convolution(Math.Max(1, _maps[1].Channels / 2), WindowSpec.Same(EncoderWindow), activation),
        .. Enumerable.Range(0, _maps.Length - 1).Select(i => LayerSpec.Convolution(_maps[i + 1].Channels, WindowSpec.Same(EncoderWindow, StrideOf(_maps[i])), activation, Normalization.Batch)),
        .. hidden.Select(width => new LayerSpec(width, activation, Normalization.Batch)),
        new LayerSpec(outputs, Activation.Identity),
    ]);

    /// <summary>From codes to images, without an activation of the pixels; all else normalised over the batch.</summary>
    public RowNetwork Generator(string name, int inputs, int[] hidden)
    {
        var layers = new List<LayerSpec>(hidden.Append(_maps[^1].Features).Select(width => new LayerSpec(width, Activation.Relu, Normalization.Batch)))
        {
            LayerSpec.Reshape(_maps[^1]),
        };
        for (int i = _maps.Length - 2; i > 0; i--)
            layers.Add(LayerSpec.TransposedConvolution(_maps[i].Channels, WayBack(i), Activation.Relu, Normalization.Batch));
        layers.Add(LayerSpec.TransposedConvolution(_maps[0].Channels, WayBack(0), Activation.Identity));
        return Make(name, new MapShape(1, 1, inputs), [.. layers]);
    }

    private IEnumerable<LayerSpec> Convolutions(Activation activation, Normalization normalization, float dropout) =>
        Enumerable.Range(0, _maps.Length - 1).Select(i =>
            LayerSpec.Convolution(_maps[1].Channels, WindowSpec.Same(Window, StrideOf(_maps[i])), activation, i == 0 ? Normalization.None : normalization) with { Dropout = dropout });

    /// <summary>What a discriminator reads images by: convolutions of the first channels, each that halves, the first one without a normalisation.</summary>
    public RowNetwork Reader(string name, Activation activation, Normalization normalization, float dropout) =>
        Make(name, _maps[0], [.. Convolutions(activation, normalization, dropout)]);

    /// <summary>The same with dense layers behind it, for a discriminator of images or an encoder that is built like one.</summary>
    public RowNetwork Discriminator(string name, int[] hidden, int outputs, Activation activation, Normalization normalization, float dropout = 0) => Make(name, _maps[0],
    [
        .. Convolutions(activation, normalization, dropout),
        .. hidden.Select(width => new LayerSpec(width, activation, normalization, dropout)),
        new LayerSpec(outputs, Activation.Identity),
    ]);

    private ConvolutionalNetwork Make(string name, MapShape input, LayerSpec[] layers) => new(_device, name, input, layers);
}
