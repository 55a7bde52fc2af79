using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>Settings of a <see cref="JointDiscriminator"/>.</summary>
/// <param name="Columns">Features of a row.</param>
/// <param name="Latent">Size of a code.</param>
/// <param name="Branch">Width of each branch.</param>
/// <param name="Hidden">Hidden layers behind the branches.</param>
/// <param name="LeakyReluSlope">Slope of the rectifiers for negative values.</param>
/// <param name="DropoutRate">Dropout while training; where rows are normalised their branch has none.</param>
/// <param name="NormalizesRows">Whether the branch of rows is normalised over the batch.</param>
/// <param name="IsSpectral">Whether hidden layers are spectrally normalised.</param>
internal sealed record JointDiscriminatorSettings(
    int Columns, int Latent, int Branch, int[] Hidden, float LeakyReluSlope, float DropoutRate, bool NormalizesRows, bool IsSpectral)
{
    /// <summary>What reads rows before their branch does, for images; null where the branch reads them itself.</summary>
    public RowNetwork? Reader { get; init; }

    /// <summary>Whether all that the reader gives is the branch of rows, without a layer of its own.</summary>
    public bool ReaderIsBranch { get; init; }
}

/// <summary>
/// The discriminator of a bidirectional GAN: a branch for rows, a branch for codes, then hidden layers on both and a logit.
/// </summary>
internal sealed class JointDiscriminator : Network
{
    // Keras' defaults, as in the authors' code.
    private const float NormMomentum = 0.01f;
    private const float NormEpsilon = 1e-3f;

    private readonly RowNetwork? _reader;
    private readonly Linear? _rows;
    private readonly BatchNorm? _rowsNorm;
    private readonly Linear _codes;
    private readonly Linear[] _hidden;
    private readonly Linear _logit;
    private readonly Activation _activation;
    private readonly float _dropout;
    private readonly int _branch;

    public JointDiscriminator(IDevice device, string name, JointDiscriminatorSettings settings)
        : base(device, name)
    {
        _activation = Activation.LeakyRelu(settings.LeakyReluSlope);
        _dropout = settings.DropoutRate;
        _branch = settings.Branch;
        _reader = settings.Reader;
        _rows = settings.ReaderIsBranch ? null : new Linear(Parameters, _reader?.Outputs ?? settings.Columns, _branch, settings.IsSpectral, bias: !settings.NormalizesRows);
        _rowsNorm = settings.NormalizesRows ? new BatchNorm(Parameters, _branch, NormMomentum, NormEpsilon) : null;
        _codes = new Linear(Parameters, settings.Latent, _branch, settings.IsSpectral);
        _hidden = new Linear[settings.Hidden.Length];
        int width = _branch + (_rows?.Outputs ?? _reader!.Outputs);
        for (int i = 0; i < _hidden.Length; i++)
        {
            _hidden[i] = new Linear(Parameters, width, settings.Hidden[i], settings.IsSpectral);
            width = settings.Hidden[i];
        }

        _logit = new Linear(Parameters, width, 1);
        Complete();
    }

    /// <summary>The discriminator with what reads rows for it.</summary>
    public Network[] Networks => _reader is null ? [this] : [_reader, this];

    /// <summary>Multiply-adds for a pair, forward.</summary>
    public double WorkOfRow => Parameters.Count + (_reader is null ? 0 : WorkBudget.OfRow(_reader));

    public override void Initialize(NoiseSource noise)
    {
        _rows?.Initialize(noise.Next());
        _rowsNorm?.Initialize(noise.Next());
        _codes.Initialize(noise.Next());
        foreach (Linear layer in _hidden)
            layer.Initialize(noise.Next());
        _logit.Initialize(noise.Next());
    }

    /// <summary>Logits [rows, 1] of pairs of rows and codes. A noise source means training.</summary>
    public Tensor Forward(Tensor rows, Tensor codes, NoiseSource? noise) => Output(Features(rows, codes, noise));

    /// <summary>The last hidden activation.</summary>
    public Tensor Features(Tensor rows, Tensor codes, NoiseSource? noise)
    {
        bool training = noise is not null;
        rows = _reader?.Forward(rows, noise) ?? rows;
        Tensor h = _rows is null
            ? ConcatenateColumns(rows, _codes.Forward(codes, _activation, _dropout, noise, training: training))
            : Join(_rows, rows, codes, noise, training);
        foreach (Linear layer in _hidden)
            h = layer.Forward(h, _activation, _dropout, noise, training: training);
        return h;
    }

    private Tensor Join(Linear branch, Tensor rows, Tensor codes, NoiseSource? noise, bool training)
    {
        Tensor joined = rows.Tape.Allocate(rows.Rows, 2 * _branch);
        Tensor left = joined.SliceColumns(0, _branch), right = joined.SliceColumns(_branch, _branch);
        if (_rowsNorm is null)
            branch.Forward(rows, _activation, _dropout, noise, left, training);
        else
            _rowsNorm.Forward(branch.Forward(rows, Activation.Identity, training: training), _activation, training, into: left);
        _codes.Forward(codes, _activation, _dropout, noise, right, training);
        return joined;
    }

    /// <summary>The logit of a last hidden activation.</summary>
    public Tensor Output(Tensor features) => _logit.Forward(features, Activation.Identity);
}
