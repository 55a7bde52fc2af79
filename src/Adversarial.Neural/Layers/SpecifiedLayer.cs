namespace Adversarial.Neural;

/// <summary>A layer of weights as its specification says; activation and dropout belong to whatever comes last.</summary>
internal sealed class SpecifiedLayer
{
    private readonly LayerSpec _spec;
    private readonly BatchNorm? _batchNorm;
    private readonly LayerNorm? _layerNorm;

    private SpecifiedLayer(ParameterSet parameters, WeightedLayer weights, LayerSpec spec, BatchNormSettings batchNorm)
    {
        if (spec.Dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(spec), spec.Dropout, "The dropout is to lie in [0, 1).");
        _spec = spec;
        Weights = weights;
        if (spec.Normalization == Normalization.Batch)
            _batchNorm = new BatchNorm(parameters, spec.Width, batchNorm.Momentum, batchNorm.Epsilon, batchNorm.IsAffine);
        else if (spec.Normalization == Normalization.Layer)
            _layerNorm = new LayerNorm(parameters, spec.Width);
    }

    /// <summary>A fully connected layer.</summary>
    public static SpecifiedLayer Dense(ParameterSet parameters, int inputs, LayerSpec spec, BatchNormSettings batchNorm) =>
        new(parameters, new Linear(parameters, inputs, spec.Width, spec.SpectralNorm, spec.HasBias), spec, batchNorm);

    /// <summary>A convolution of maps of this shape.</summary>
    public static SpecifiedLayer Convolution(ParameterSet parameters, MapShape maps, LayerSpec spec, BatchNormSettings batchNorm) => spec.Normalization != Normalization.Layer
        ? new(parameters, new ConvolutionLayer(parameters, maps, spec), spec, batchNorm)
        : throw new ArgumentException("A convolution is not normalised over the channels of each pixel.", nameof(spec));

    public WeightedLayer Weights { get; }

    private Linear Linear => (Linear)Weights;

    /// <summary>A gradient before the layer, from one behind it and the layer's output: an operation that has a gradient itself.</summary>
    public Tensor InputGradient(Tensor behind, Tensor output)
    {
        if (_spec is not { Normalization: Normalization.None, SpectralNorm: false, Activation.Kind: Numerics.ActivationKind.Identity or Numerics.ActivationKind.Relu or Numerics.ActivationKind.LeakyRelu })
            throw new InvalidOperationException("Input gradients are for layers of (leaky) rectifiers or none, without normalisation.");
        Tensor before = _spec.Activation.Kind == Numerics.ActivationKind.Identity ? behind : SlopeOperation.Apply(behind, output, _spec.Activation);
        return Weights.TakeBack(before);
    }

    public void Initialize(NoiseSource noise)
    {
        Weights.Initialize(noise.Next());

        // They draw nothing, so they take no stream: the streams of a network without normalisation stay as they are.
        _batchNorm?.Initialize(default);
        _layerNorm?.Initialize(default);
    }

    /// <summary>The layer on the pairs (a, a) and below them (a, b).</summary>
    public Tensor ForwardPairs(Tensor a, Tensor b, NoiseSource? noise) => _spec.Normalization == Normalization.None
        ? PairLinearOperation.Apply(Linear, a, b, _spec.Activation, _spec.Dropout, noise, training: noise is not null)
        : throw new InvalidOperationException("Pairs are for networks whose first layer is not normalised over rows or columns.");

    public Tensor Forward(Tensor x, NoiseSource? noise, Tensor? into)
    {
        bool training = noise is not null;
        if (_spec.Normalization == Normalization.None)
            return Weights.Forward(x, _spec.Activation, _spec.Dropout, noise, into, training);
        if (_batchNorm is not null && !training && !x.Tape.Recording)
            return Weights.Score(_batchNorm, x, _spec.Activation, into);
        Tensor h = Weights.Forward(x, Numerics.Activation.Identity, training: training);
        Tensor y = _batchNorm is not null
            ? _batchNorm.Forward(h, _spec.Activation, training, _spec.Dropout, noise, into)
            : _layerNorm!.Forward(h, _spec.Activation, _spec.Dropout, noise, into);
        x.Tape.Forget(h, y);
        return y;
    }
}
