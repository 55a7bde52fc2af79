using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>A linear layer whose weights are computed, not trained.</summary>
internal sealed class LinearMap : Network
{
    private readonly Linear _layer;

    public LinearMap(IDevice device, int inputs, int outputs)
        : base(device, "map")
    {
        _layer = new Linear(Parameters, inputs, outputs);
        Complete();
    }

    /// <summary>Zero, until <see cref="Set"/>.</summary>
    public override void Initialize(NoiseSource noise)
    {
    }

    public void Set((float[] Weights, float[] Bias) map)
    {
        Parameters.Device.Upload(map.Weights, _layer.Weights);
        Parameters.Device.Upload(map.Bias, _layer.Bias);
    }

    public Tensor Forward(Tensor x) => _layer.Forward(x, Activation.Identity);
}
