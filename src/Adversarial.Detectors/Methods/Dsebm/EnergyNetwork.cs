using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// The energy E(x) = |x - b'|² / 2 - sum of h_L, with h_l = softplus(h_(l-1) W_l + b_l), and x - grad E(x), written out: its decoder is made of the
/// encoder's own weights, gated by the slopes of the softplus. So a loss of the gradient takes no second derivative.
/// </summary>
internal sealed class EnergyNetwork : Network
{
    private readonly Linear _offset;
    private readonly Linear[] _layers;

    public EnergyNetwork(IDevice device, int inputs, ReadOnlySpan<int> sizes)
        : base(device, "energy")
    {
        _layers = new Linear[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
            _layers[i] = new Linear(Parameters, i == 0 ? inputs : sizes[i - 1], sizes[i]);
        // A row b' is what a layer without bias makes of 1.
        _offset = new Linear(Parameters, 1, inputs, bias: false);
        Complete();
    }

    /// <summary>Where the offset b' starts; 0 until it is set.</summary>
    public ReadOnlySpan<float> Offset
    {
        set => Parameters.Device.Upload(value, _offset.Weights);
    }

    public override void Initialize(NoiseSource noise)
    {
        foreach (Linear layer in _layers)
            layer.Initialize(noise.Next());
        Parameters.Device.Fill(_offset.Weights, 0);
    }

    private Tensor Offsets(Tensor x)
    {
        Tensor ones = x.Tape.Allocate(x.Rows, 1);
        x.Tape.Device.Fill(ones.Value, 1);
        return _offset.Forward(ones, Activation.Identity);
    }

    /// <summary>f(x) = x - grad E(x) = b' + g_1 W_1ᵀ, with g_L = s(a_L) and g_(l-1) = s(a_(l-1)) * (g_l W_lᵀ), s being the slope of the softplus.</summary>
    public Tensor Denoise(Tensor x) => Decode(x, 0) + Offsets(x);

    // What a layer and those above it give back of their input.
    private Tensor Decode(Tensor h, int index)
    {
        Linear layer = _layers[index];
        Tensor a = layer.Forward(h, Activation.Identity), slope = Sigmoid(a);
        return layer.ForwardTransposed(index == _layers.Length - 1 ? slope : slope * Decode(Softplus(a), index + 1));
    }

    /// <summary>E(x) of each row, [rows, 1]; for scoring.</summary>
    public Tensor Energy(Tensor x)
    {
        Tensor h = x;
        foreach (Linear layer in _layers)
            h = layer.Forward(h, Activation.Softplus);
        Tensor distance = RowEuclideanDistance(x, Offsets(x));
        return 0.5f * (distance * distance) - RowAbsoluteNorm(h);
    }
}
