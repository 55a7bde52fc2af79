using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// ALAD, adversarially learned anomaly detection (Zenati et al. 2018, arXiv:1812.02288). A bidirectional GAN: an encoder E and a generator G
/// play against three discriminators, of pairs (row, code), (row, reconstruction) and (code, code's reconstruction), until G(E(x)) is x for
/// normal rows. The score is how differently the second discriminator sees (x, x) and (x, G(E(x))).
/// </summary>
/// <remarks>It fails where a small code reconstructs anomalies too, and where training is cut to less than some thousand steps.</remarks>
public sealed class AladDetector : NetworkDetector
{
    private readonly AladOptions _options;
    private readonly AladSizes _sizes;
    private RowNetwork _encoder = null!;
    private RowNetwork _generator = null!;
    private JointDiscriminator _joint = null!;
    private RowNetwork _features = null!;
    private Mlp _codes = null!;
    private Adam _discriminatorAdam = null!;
    private Adam _generatorAdam = null!;
    private float _learningRate;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "ALAD",
            Paper = "Adversarially Learned Anomaly Detection",
            Year = 2018,
            Reference = "arXiv:1812.02288",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "With the networks for KDD99 a step costs about 27 times, a score twice the weights of encoder and generator for each row",
            KnownFailure = "Anomalies that the code reconstructs as well as normal rows",
            Readme = "src/Adversarial.Detectors/Methods/Alad/README.md",
        },
        (options, columns) => new AladDetector(options, columns),
        AladOptionsJson.Default.AladOptions,
        ("L1 score", () => new AladOptions { Score = AladScore.Absolute }),
        ("Features score", () => new AladOptions { Score = AladScore.Features }),
        ("Logits score", () => new AladOptions { Score = AladScore.Logits }),
        ("No latent discriminator", () => new AladOptions { UseLatentDiscriminator = false }),
        ("No spectral normalization", () => new AladOptions { SpectralNormalization = false }));

    internal AladDetector(AladOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = AladSizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _generator, .. Discriminators];

    private Network[] Discriminators => [.. _joint.Networks, _features, _codes];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        Mlp Make(string name, int inputs, int[] hidden, int outputs, Activation activation, float dropout, bool spectral) => new(device, name, inputs,
        [
            .. hidden.Select(width => new LayerSpec(width, activation, Dropout: dropout, SpectralNorm: spectral)),
            new LayerSpec(outputs, Activation.Identity),
        ]);

        bool spectral = _options.SpectralNormalization;
        var images = StridedNetworks.Of(_options.ImageShape, _options.EncoderLayerSizes);
        _encoder = images?.Encoder(device, "encoder", _sizes.Latent, leaky, Normalization.Batch, spectral)
            ?? Make("encoder", Columns, _sizes.Encoder, _sizes.Latent, leaky, 0, spectral);
        _generator = images?.Decoder(device, "generator", _sizes.Latent, Activation.Relu, Normalization.Batch)
            ?? Make("generator", _sizes.Latent, _sizes.Generator, Columns, Activation.Relu, 0, spectral: false);
        _joint = new JointDiscriminator(device, "joint discriminator", new JointDiscriminatorSettings(
            Columns, _sizes.Latent, _sizes.Branch, _sizes.Joint, _options.LeakyReluSlope, _options.JointDropoutRate, NormalizesRows: images is null, spectral)
        {
            Reader = images?.Reader(device, "joint discriminator's reader", leaky, Normalization.Batch, isSpectral: spectral),
        });
        _features = images?.OfPairs().Encoder(device, "feature discriminator", 1, leaky, isSpectral: spectral, dropout: _options.PairDropoutRate)
            ?? (RowNetwork)Make("feature discriminator", 2 * Columns, _sizes.Features, 1, leaky, _options.PairDropoutRate, spectral);
        _codes = Make("latent discriminator", 2 * _sizes.Latent, _sizes.Codes, 1, leaky, _options.PairDropoutRate, spectral);
    }

    /// <inheritdoc/>
    protected internal override int DefaultBatchSize(int rows) => AladSizes.Batch(rows, _options.ImageShape is not null);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        (int steps, float learningRate) = AladSizes.Schedule(batchSize, WorkBudget.Of(rows, Columns) / _options.EnsembleSize, WorkOfStep(batchSize));
        _learningRate = _options.LearningRate ?? learningRate;
        var settings = new AdamSettings(_learningRate, _options.Beta1, Epsilon: 1e-8f);
        _discriminatorAdam = new Adam(settings, Discriminators);
        _generatorAdam = new Adam(settings, _encoder, _generator);
        float decay = _options.WeightAverageDecay;
        return
        [
            new TrainingPhase("adversarial training", _options.NumberOfEpochs ?? AladSizes.Epochs(steps, rows, batchSize), Step, _discriminatorAdam, _generatorAdam)
            {
                Averages = decay > 0 ? [.. ((Network[])[_encoder, _generator, _features]).Select(network => new ExponentialAverage(network, decay))] : [],
            },
        ];
    }

    // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone.
    private double WorkOfStep(int rows) =>
        rows * (8.0 * WorkBudget.OfRow(_encoder) + 8.0 * WorkBudget.OfRow(_generator) + 10.0 * _joint.WorkOfRow + 8.0 * (WorkBudget.OfRow(_features) + WorkBudget.OfRow(_codes)));

    /// <summary>One update of the discriminators, then one of encoder and generator on other rows, as in the authors' code.</summary>
    private void Step(TrainingStep step)
    {
        double left = _options.LearningRateDecay > 0 ? Math.Min(1, (1 - step.Progress) / _options.LearningRateDecay) : 1;
        AdamSettings settings = _discriminatorAdam.Settings with { LearningRate = (float)(_learningRate * left) };
        _discriminatorAdam.Settings = settings;
        _generatorAdam.Settings = settings;
        StepDiscriminators(step, step.Features, step.Normal(step.Rows, _sizes.Latent));
        step.BeginUpdate();
        StepGenerators(step, step.OtherBatch(), step.Normal(step.Rows, _sizes.Latent));
    }

    private void StepDiscriminators(TrainingStep step, Tensor x, Tensor z)
    {
        Tensor code = step.Constant(_encoder, x);
        Tensor generated = step.Constant(_generator, z);

        // D_xz: (x, E(x)) is real, (G(z), z) is not.
        Tensor joint = BinaryCrossEntropyWithLogits(_joint.Forward(x, code, step.Noise), 1)
            + BinaryCrossEntropyWithLogits(_joint.Forward(generated, z, step.Noise), 0);

        // D_xx: (x, x) is real, (x, G(E(x))) is not. D_zz: (z, z) is real, (z, E(G(z))) is not.
        Tensor rows = JudgePairs(_features, step.Noise, x, step.Constant(_generator, code));
        Tensor codes = JudgePairs(_codes, step.Noise, z, step.Constant(_encoder, generated));
        step.Report(joint, "joint discriminator");
        step.Report(rows, "feature discriminator");
        step.Report(codes, "latent discriminator");
        step.Minimize(_discriminatorAdam, joint + rows + codes, "discriminators");
    }

    /// <summary>A discriminator's loss on pairs (a, a) as real ones and (a, b) as others.</summary>
    private Tensor JudgePairs(RowNetwork discriminator, NoiseSource noise, Tensor a, Tensor b)
    {
        if (discriminator is not Mlp ofRows)
        {
            return BinaryCrossEntropyWithLogits(discriminator.Forward(Pair(a, a), noise), 1)
                + BinaryCrossEntropyWithLogits(discriminator.Forward(Pair(a, b), noise), 0);
        }

        Tensor logits = ofRows.Output(ofRows.FeaturesOfPairs(a, b, noise), noise: noise);
        return BinaryCrossEntropyWithLogits(logits.SliceRows(0, a.Rows), 1) + BinaryCrossEntropyWithLogits(logits.SliceRows(a.Rows, a.Rows), 0);
    }

    // A row and another one side by side; of images pixel by pixel, so that the first convolution compares them.
    private Tensor Pair(Tensor x, Tensor other) => _options.ImageShape is { } shape ? StridedNetworks.Pair(x, other, shape) : ConcatenateColumns(x, other);

    private void StepGenerators(TrainingStep step, Tensor x, Tensor z)
    {
        Tensor code = _encoder.Forward(x, step.Noise);
        Tensor generated = _generator.Forward(z, step.Noise);

        // Labels are swapped, so that the gradient does not vanish where the discriminators win. Pairs that neither network makes are left out.
        Tensor loss = BinaryCrossEntropyWithLogits(_joint.Forward(generated, z, step.Noise), 1)
            + BinaryCrossEntropyWithLogits(_joint.Forward(x, code, step.Noise), 0)
            + BinaryCrossEntropyWithLogits(_features.Forward(Pair(x, _generator.Forward(code, step.Noise)), step.Noise), 1);
        if (_options.UseLatentDiscriminator)
            loss += BinaryCrossEntropyWithLogits(_codes.Forward(ConcatenateColumns(z, _encoder.Forward(generated, step.Noise)), step.Noise), 1);
        step.Minimize(_generatorAdam, loss, "encoder and generator");
    }

    internal override Func<Tensor, Tensor> Reconstruction => features => _generator.Forward(_encoder.Forward(features));

    /// <inheritdoc/>
    protected internal override Tensor Score(Tensor features)
    {
        Tensor reconstruction = _generator.Forward(_encoder.Forward(features));
        switch (_options.Score)
        {
            case AladScore.Absolute:
                return RowAbsoluteDistance(features, reconstruction);
            case AladScore.Euclidean:
                return RowEuclideanDistance(features, reconstruction);
            case AladScore.Logits:
                return Affine(_features.Forward(Pair(features, reconstruction)), -1, 0);
            default:
                if (_features is not Mlp ofRows)
                    return RowAbsoluteDistance(_features.Features(Pair(features, features)), _features.Features(Pair(features, reconstruction)));
                Tensor seen = ofRows.FeaturesOfPairs(features, reconstruction);
                return RowAbsoluteDistance(seen.SliceRows(0, features.Rows), seen.SliceRows(features.Rows, features.Rows));
        }
    }
}
