using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// A network of dense layers, convolutions, poolings and what else a <see cref="LayerSpec"/> can say, in any order. It takes images as rows
/// [images, features], each line by line and each pixel with its channels beside each other, and gives rows of the same kind.
/// </summary>
public sealed class ConvolutionalNetwork : RowNetwork
{
    private readonly NetworkStage[] _stages;
    private readonly int _hiddenPooling = 1;
    private readonly int _hiddenWidth;
    private PoolingOperation?[]? _poolings;

    /// <inheritdoc cref="ConvolutionalNetwork(IDevice, string, MapShape, ReadOnlySpan{LayerSpec}, BatchNormSettings)"/>
    public ConvolutionalNetwork(IDevice device, string name, MapShape input, ReadOnlySpan<LayerSpec> layers)
        : this(device, name, input, layers, new BatchNormSettings())
    {
    }

    /// <summary>Makes the layers in order; weights are zero until <see cref="Initialize"/>.</summary>
    /// <param name="device">Where the network lives.</param>
    /// <param name="name">The name under which a checkpoint keeps it.</param>
    /// <param name="input">The images that it takes; rows that are no images are one pixel.</param>
    /// <param name="layers">The layers, at least one.</param>
    /// <param name="batchNorm">Settings of its batch normalisations, which are of each channel over all pixels of the batch.</param>
    /// <exception cref="ArgumentException">There is no layer, a setting is out of range, or maps are too small for a layer.</exception>
    public ConvolutionalNetwork(IDevice device, string name, MapShape input, ReadOnlySpan<LayerSpec> layers, BatchNormSettings batchNorm)
        : base(device, name)
    {
        if (layers.IsEmpty)
            throw new ArgumentException("A network has at least one layer.", nameof(layers));
        if (input is not { Height: >= 1, Width: >= 1, Channels: >= 1 })
            throw new ArgumentException($"There are no images of {input}.", nameof(input));
        Input = input;
        _stages = new NetworkStage[layers.Length];
        MapShape maps = input;
        for (int i = 0; i < layers.Length; i++)
        {
            _stages[i] = NetworkStage.Of(Parameters, maps, layers[i], batchNorm);
            maps = _stages[i].To;
        }

        _hiddenWidth = WidthOfHidden();
        Complete();
    }

    /// <summary>The images that it takes.</summary>
    public MapShape Input { get; }

    /// <summary>The images that it gives.</summary>
    public MapShape OutputMaps => _stages[^1].To;

    /// <inheritdoc/>
    public override int Inputs => Input.Features;

    /// <inheritdoc/>
    public override int Outputs => OutputMaps.Features;

    /// <inheritdoc/>
    public override long MultiplyAdds => _stages.Sum(stage => stage.MultiplyAdds);

    /// <inheritdoc/>
    public override void Initialize(NoiseSource noise)
    {
        foreach (NetworkStage stage in _stages)
            stage.Initialize(noise);
    }

    /// <summary>Side of the windows over whose pixels <see cref="Hidden"/> takes the mean of each channel; maps that are smaller than a window stay as they are. 1: no means.</summary>
    public int HiddenPooling
    {
        get => _hiddenPooling;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _hiddenPooling = value;
            _hiddenWidth = WidthOfHidden();
        }
    }

    /// <inheritdoc/>
    public override int HiddenWidth => _hiddenWidth;

    /// <inheritdoc/>
    public override int FeatureWidth => _stages.Length == 1 ? Inputs : _stages[^2].To.Features;

    private int WidthOfHidden() => Enumerable.Range(0, _stages.Length - 1).Where(i => _stages[i].HasWeights).Sum(i => Seen(i).Features);

    // What is seen of a hidden stage's maps.
    private MapShape Seen(int stage)
    {
        MapShape maps = _stages[stage].To;
        return IsPooled(maps) ? maps with { Height = maps.Height / HiddenPooling, Width = maps.Width / HiddenPooling } : maps;
    }

    private bool IsPooled(MapShape maps) => HiddenPooling > 1 && Math.Min(maps.Height, maps.Width) >= HiddenPooling;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, NoiseSource? noise = null, Tensor? into = null)
    {
        Tensor maps = Carry(x, noise, into: null), y = Last(maps, x.Rows, into, noise);
        if (_stages.Length > 1)
            x.Tape.Forget(maps, y);
        return y;
    }

    /// <inheritdoc/>
    public override Tensor Features(Tensor x, NoiseSource? noise = null) => RowsOf(Carry(x, noise, into: null), x);

    /// <inheritdoc/>
    public override Tensor Hidden(Tensor x, Tensor into, NoiseSource? noise = null) => RowsOf(Carry(x, noise, into), x);

    private Tensor RowsOf(Tensor lastHidden, Tensor x) => _stages.Length == 1 ? x : lastHidden.Reshape(x.Rows, FeatureWidth);

    private Tensor Carry(Tensor x, NoiseSource? noise, Tensor? into)
    {
        if (x.Columns != Inputs)
            throw new ArgumentException($"A network of images of {Input} was given rows of {x.Columns}.", nameof(x));
        int images = x.Rows, at = 0;
        Tensor maps = Enter(x);
        for (int i = 0; i < _stages.Length - 1; i++)
        {
            Tensor before = maps;
            maps = _stages[i].Forward(before, noise, into: null);
            if (i > 0)
                x.Tape.Forget(before, maps);
            if (into is not { } all || !_stages[i].HasWeights)
                continue;
            int width = Seen(i).Features;
            CopyOperation.Apply(Pooled(maps, i).Reshape(images, width), all.SliceColumns(at, width));
            at += width;
        }

        return maps;
    }

    // Rows that are no images stay as they are, wherever they lie; pixels have to lie one behind the other.
    private Tensor Enter(Tensor x)
    {
        if (Input.Pixels == 1)
            return x;
        if (x.Value.Stride != x.Columns)
        {
            Tensor copy = x.Tape.Allocate(x.Rows, x.Columns);
            CopyOperation.Apply(x, copy);
            x = copy;
        }

        return x.Reshape(x.Rows * Input.Pixels, Input.Channels);
    }

    private protected override Tensor GradientOfOutput(Tensor x)
    {
        var outputs = new Tensor[_stages.Length];
        for (int i = 0; i < _stages.Length; i++)
            outputs[i] = _stages[i].Forward(i == 0 ? Enter(x) : outputs[i - 1], noise: null, into: null);
        Tensor gradient = Ones(x);
        for (int i = _stages.Length - 1; i >= 0; i--)
            gradient = _stages[i].InputGradient(gradient, outputs[i]);
        return gradient.Reshape(x.Rows, Inputs);
    }

    private Tensor Pooled(Tensor maps, int stage)
    {
        MapShape from = _stages[stage].To;
        if (!IsPooled(from))
            return maps;
        _poolings ??= new PoolingOperation?[_stages.Length];
        PoolingOperation operation = _poolings[stage] ??= new PoolingOperation(new PoolingShape(
            new WindowAxis(from.Height, HiddenPooling, HiddenPooling), new WindowAxis(from.Width, HiddenPooling, HiddenPooling), from.Channels), ofMeans: true);
        return operation.Apply(maps, into: null);
    }

    /// <inheritdoc/>
    public override Tensor Output(Tensor lastHidden, Tensor? into = null, NoiseSource? noise = null)
    {
        MapShape from = _stages.Length == 1 ? Input : _stages[^2].To;
        return Last(lastHidden.Reshape(lastHidden.Rows * from.Pixels, from.Channels), lastHidden.Rows, into, noise);
    }

    private Tensor Last(Tensor maps, int images, Tensor? into, NoiseSource? noise)
    {
        Tensor? place = into?.Reshape(images * OutputMaps.Pixels, OutputMaps.Channels);
        Tensor y = _stages[^1].Forward(maps, noise, place);
        return into ?? y.Reshape(images, Outputs);
    }
}
