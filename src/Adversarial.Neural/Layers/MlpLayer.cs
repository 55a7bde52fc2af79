namespace Adversarial.Neural;

/// <summary>A layer of an <see cref="Mlp"/> as its specification says; activation and dropout belong to whatever comes last.</summary>
internal sealed class MlpLayer
{
    private readonly LayerSpec _spec;
    private readonly BatchNorm? _batchNorm;
    private readonly LayerNorm? _layerNorm;

    public MlpLayer(ParameterSet parameters, int inputs, LayerSpec spec, BatchNormSettings batchNorm)
    {
        if (spec.Dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(spec), spec.Dropout, "The dropout is to lie in [0, 1).");
        _spec = spec;
        Linear = new Linear(parameters, inputs, spec.Width, spec.SpectralNorm, bias: !spec.WithoutBias && spec.Normalization != Normalization.Batch);
        if (spec.Normalization == Normalization.Batch)
            _batchNorm = new BatchNorm(parameters, spec.Width, batchNorm.Momentum, batchNorm.Epsilon, batchNorm.IsAffine);
        else if (spec.Normalization == Normalization.Layer)
            _layerNorm = new LayerNorm(parameters, spec.Width);
    }

    public Linear Linear { get; }

    /// <summary>A gradient before the layer, from one behind it and the layer's output: an operation that has a gradient itself.</summary>
    public Tensor InputGradient(Tensor behind, Tensor output)
    {
        if (_spec is not { Normalization: Normalization.None, SpectralNorm: false, Activation.Kind: Numerics.ActivationKind.Identity or Numerics.ActivationKind.Relu or Numerics.ActivationKind.LeakyRelu })
            throw new InvalidOperationException("Input gradients are for layers of (leaky) rectifiers or none, without normalisation.");
        Tensor before = _spec.Activation.Kind == Numerics.ActivationKind.Identity ? behind : SlopeOperation.Apply(behind, output, _spec.Activation);
        return Linear.ForwardTransposed(before);
    }

    public void Initialize(NoiseSource noise)
    {
        Linear.Initialize(noise.Next());

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
            return Linear.Forward(x, _spec.Activation, _spec.Dropout, noise, into, training);
        if (_batchNorm is not null && !training && !x.Tape.Recording)
            return LinearOperation.Score(Linear, _batchNorm, x, _spec.Activation, into);
        Tensor h = Linear.Forward(x, Numerics.Activation.Identity, training: training);
        return _batchNorm is not null
            ? _batchNorm.Forward(h, _spec.Activation, training, _spec.Dropout, noise, into)
            : _layerNorm!.Forward(h, _spec.Activation, _spec.Dropout, noise, into);
    }
}
