namespace Adversarial.Neural;

/// <summary>
/// A network of dense layers, convolutions, poolings and what else a <see cref="LayerSpec"/> can say, in any order. It takes images as rows
/// [images, features], each line by line and each pixel with its channels beside each other, and gives rows of the same kind.
/// </summary>
public sealed class ConvolutionalNetwork : RowNetwork
{
    private readonly NetworkStage[] _stages;

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

        Complete();
    }

    /// <summary>The images that it takes.</summary>
    public MapShape Input { get; }

    /// <summary>The images that it gives.</summary>
    public MapShape Output => _stages[^1].To;

    /// <inheritdoc/>
    public override int Inputs => Input.Features;

    /// <inheritdoc/>
    public override int Outputs => Output.Features;

    /// <inheritdoc/>
    public override long MultiplyAdds => _stages.Sum(stage => stage.MultiplyAdds);

    /// <inheritdoc/>
    public override void Initialize(NoiseSource noise)
    {
        foreach (NetworkStage stage in _stages)
            stage.Initialize(noise);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, NoiseSource? noise = null, Tensor? into = null)
    {
        if (x.Columns != Inputs)
            throw new ArgumentException($"A network of images of {Input} was given rows of {x.Columns}.", nameof(x));
        int images = x.Rows;
        Tensor maps = x.Reshape(images * Input.Pixels, Input.Channels);
        for (int i = 0; i < _stages.Length; i++)
        {
            Tensor? place = i == _stages.Length - 1 ? into?.Reshape(images * Output.Pixels, Output.Channels) : null;
            maps = _stages[i].Forward(maps, noise, place);
        }

        return into ?? maps.Reshape(images, Outputs);
    }
}
