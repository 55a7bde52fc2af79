using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

internal enum Kind
{
    BatchInTraining,
    BatchInScoring,
    Layer,
}

/// <summary>A linear layer, a normalisation and another linear layer.</summary>
internal sealed class NormalizedNetwork : Network
{
    private readonly Linear _first;
    private readonly Linear _last;
    private readonly LayerNorm? _layerNorm;

    public NormalizedNetwork(IDevice device, Kind kind, int inputs, int width, int outputs, ulong seed = 3)
        : base(device, "normalized")
    {
        Kind = kind;
        _first = new Linear(Parameters, inputs, width);
        if (kind == Kind.Layer)
            _layerNorm = new LayerNorm(Parameters, width);
        else
            BatchNorm = new BatchNorm(Parameters, width);
        _last = new Linear(Parameters, width, outputs);
        Complete();
        var noise = new NoiseSource(seed);
        noise.Begin(0);
        Initialize(noise);
    }

    public Kind Kind { get; set; }

    public BatchNorm? BatchNorm { get; }

    public override void Initialize(NoiseSource noise)
    {
        _first.Initialize(noise.Next());
        NormalizationLayer layer = BatchNorm is null ? _layerNorm! : BatchNorm;
        layer.Initialize(noise.Next());
        _last.Initialize(noise.Next());
        Parameters.Device.DrawUniform(layer.Scale, noise.Next(), 0.5f, 2);
        Parameters.Device.DrawNormal(layer.Shift, noise.Next(), 0, 0.5f);
        if (BatchNorm is not null)
        {
            Parameters.Device.DrawNormal(BatchNorm.RunningMean, noise.Next(), 0, 0.5f);
            Parameters.Device.DrawUniform(BatchNorm.RunningVariance, noise.Next(), 0.5f, 2);
        }
    }

    public Tensor Forward(Tensor x, Activation activation, float dropout = 0, NoiseSource? noise = null)
    {
        Tensor h = _first.Forward(x, Activation.Identity);
        h = BatchNorm is null
            ? _layerNorm!.Forward(h, activation, dropout, noise)
            : BatchNorm.Forward(h, activation, Kind == Kind.BatchInTraining, dropout, noise);
        return _last.Forward(h, Activation.Identity);
    }
}
