using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>ALAD's D_xz: a branch for rows, a branch for codes, then hidden layers on both and a logit.</summary>
internal sealed class JointDiscriminator : Network
{
    // Keras' defaults, as in the authors' code.
    private const float NormMomentum = 0.01f;
    private const float NormEpsilon = 1e-3f;

    private readonly Linear _rows;
    private readonly BatchNorm _rowsNorm;
    private readonly Linear _codes;
    private readonly Linear[] _hidden;
    private readonly Linear _logit;
    private readonly Activation _activation;
    private readonly float _dropout;
    private readonly int _branch;

    public JointDiscriminator(IDevice device, string name, int features, AladSizes sizes, AladOptions options)
        : base(device, name)
    {
        _activation = Activation.LeakyRelu(options.LeakyReluSlope);
        _dropout = options.JointDropoutRate;
        _branch = sizes.Branch;
        bool spectral = options.SpectralNormalization;
        _rows = new Linear(Parameters, features, _branch, spectral, bias: false);
        _rowsNorm = new BatchNorm(Parameters, _branch, NormMomentum, NormEpsilon);
        _codes = new Linear(Parameters, sizes.Latent, _branch, spectral);
        _hidden = new Linear[sizes.Joint.Length];
        int width = 2 * _branch;
        for (int i = 0; i < _hidden.Length; i++)
        {
            _hidden[i] = new Linear(Parameters, width, sizes.Joint[i], spectral);
            width = sizes.Joint[i];
        }

        _logit = new Linear(Parameters, width, 1);
        Complete();
    }

    public override void Initialize(NoiseSource noise)
    {
        _rows.Initialize(noise.Next());
        _rowsNorm.Initialize(noise.Next());
        _codes.Initialize(noise.Next());
        foreach (Linear layer in _hidden)
            layer.Initialize(noise.Next());
        _logit.Initialize(noise.Next());
    }

    /// <summary>Logits [rows, 1] that pairs are real, (x, E(x)).</summary>
    public Tensor Forward(Tensor rows, Tensor codes, NoiseSource noise)
    {
        Tensor joined = rows.Tape.Allocate(rows.Rows, 2 * _branch);
        Tensor branch = _rows.Forward(rows, Activation.Identity, training: true);
        _rowsNorm.Forward(branch, _activation, training: true, into: joined.SliceColumns(0, _branch));
        _codes.Forward(codes, _activation, _dropout, noise, joined.SliceColumns(_branch, _branch), training: true);
        Tensor h = joined;
        foreach (Linear layer in _hidden)
            h = layer.Forward(h, _activation, _dropout, noise, training: true);
        return _logit.Forward(h, Activation.Identity);
    }
}
