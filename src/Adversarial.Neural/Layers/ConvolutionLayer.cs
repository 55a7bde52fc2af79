using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// A convolution or a transposed one: weights [window height * window width * channels of the large maps, channels of the small ones] and
/// perhaps a bias. Maps are matrices [images * pixels, channels].
/// </summary>
public sealed class ConvolutionLayer : WeightedLayer
{
    /// <summary>Adds a layer to the parameters of a network that is not yet complete.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The convolution, or the one that a transposed convolution is the way back of.</param>
    /// <param name="transposed">Whether small maps are taken and large ones given.</param>
    /// <param name="spectralNorm">Whether a pass uses the weights over their largest singular value (Miyato et al. 2018).</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <exception cref="ArgumentException">The shape is none.</exception>
    /// <exception cref="InvalidOperationException">The network is complete.</exception>
    public ConvolutionLayer(ParameterSet parameters, in ConvolutionShape shape, bool transposed = false, bool spectralNorm = false, bool bias = true)
        : base(parameters, Checked(shape).PatchLength, shape.OutputChannels, !bias ? 0 : transposed ? shape.InputChannels : shape.OutputChannels, spectralNorm)
    {
        Shape = shape;
        IsTransposed = transposed;
    }

    internal ConvolutionLayer(ParameterSet parameters, MapShape maps, LayerSpec spec)
        : this(parameters, ShapeOf(maps, spec), spec.Kind == LayerKind.TransposedConvolution, spec.SpectralNorm, spec.HasBias)
    {
    }

    /// <summary>The convolution, or the one that this is the way back of.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Whether small maps are taken and large ones given.</summary>
    public bool IsTransposed { get; }

    /// <summary>The maps that it takes.</summary>
    public MapShape From => IsTransposed ? Small : Large;

    /// <summary>The maps that it gives.</summary>
    public MapShape To => IsTransposed ? Large : Small;

    private MapShape Large => new(Shape.Rows.Input, Shape.Columns.Input, Shape.InputChannels);

    private MapShape Small => new(Shape.Rows.Output, Shape.Columns.Output, Shape.OutputChannels);

    private protected override int SumOfFans => Shape.Rows.Window * Shape.Columns.Window * (Shape.InputChannels + Shape.OutputChannels);

    private static ConvolutionShape Checked(in ConvolutionShape shape) => shape.Rows.IsValid && shape.Columns.IsValid && shape.InputChannels >= 1 && shape.OutputChannels >= 1
        ? shape
        : throw new ArgumentException($"There is no convolution of {shape.Rows.Input} x {shape.Columns.Input} x {shape.InputChannels} with a window of {shape.Rows.Window} x {shape.Columns.Window} to {shape.OutputChannels} channels.", nameof(shape));

    private static ConvolutionShape ShapeOf(MapShape maps, LayerSpec spec)
    {
        bool transposed = spec.Kind == LayerKind.TransposedConvolution;
        (WindowAxis rows, WindowAxis columns) = transposed ? spec.Window.Onto(maps) : spec.Window.Over(maps);
        return transposed ? new(rows, columns, spec.Width, maps.Channels) : new(rows, columns, maps.Channels, spec.Width);
    }

    /// <summary>
    /// dropout(activation(convolution + bias)) of maps [images * pixels, channels]; noise, spectral normalisation and training are as for
    /// <see cref="Linear.Forward"/>.
    /// </summary>
    public override Tensor Forward(
        Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null, Tensor? into = null, bool training = false) =>
        ConvolutionOperation.Apply(this, x, activation, dropout, noise, into, training);

    internal override Tensor TakeBack(Tensor y) => TransposedConvolutionOperation.Apply(this, y);

    internal override Tensor Score(BatchNorm norm, Tensor x, Activation activation, Tensor? into) =>
        ConvolutionOperation.Score(this, norm, x, activation, into);
}
