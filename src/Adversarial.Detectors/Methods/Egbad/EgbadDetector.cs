using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// EGBAD, efficient GAN-based anomaly detection (Zenati, Foo, Lecouat, Manek and Chandrasekhar 2018, arXiv:1802.06222). A bidirectional GAN:
/// a discriminator tells pairs (row, E(row)) from pairs (G(code), code), until encoder and generator are each other's inverse. The score is the
/// residual x - G(E(x)), and how differently the discriminator sees the row and its reconstruction.
/// </summary>
/// <remarks>Nothing but the game ties G(E(x)) to x: where it does not settle, normal rows are reconstructed badly too. ALAD adds what ties them.</remarks>
public sealed class EgbadDetector : NetworkDetector
{
    private readonly EgbadOptions _options;
    private readonly EgbadSizes _sizes;
    private RowNetwork _encoder = null!;
    private RowNetwork _generator = null!;
    private JointDiscriminator _discriminator = null!;
    private Adam _discriminatorAdam = null!;
    private Adam _generatorAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "EGBAD",
            Paper = "Efficient GAN-Based Anomaly Detection",
            Year = 2018,
            Reference = "arXiv:1802.06222",
            Task = "One-class anomaly detection in tables and images",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "A step costs about 10 times, a score twice the weights for each row",
            KnownFailure = "Normal rows that encoder and generator do not give back: nothing but the game makes them inverses",
            Readme = "src/Adversarial.Detectors/Methods/Egbad/README.md",
        },
        (options, columns) => new EgbadDetector(options, columns),
        EgbadOptionsJson.Default.EgbadOptions,
        ("Cross entropy", () => new EgbadOptions { Score = EgbadScore.CrossEntropy }));

    internal EgbadDetector(EgbadOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = EgbadSizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _generator, .. _discriminator.Networks];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        var images = GanNetworks.Of(device, _options.ImageShape, _options.ConvolutionChannels);
        _encoder = images?.BidirectionalEncoder("encoder", _sizes.Encoder, _sizes.Latent, leaky)
            ?? (RowNetwork)new Mlp(device, "encoder", Columns, _sizes.Encoder, _sizes.Latent, leaky, Activation.Identity);
        _generator = images?.Generator("generator", _sizes.Latent, _sizes.Generator)
            ?? (RowNetwork)new Mlp(device, "generator", _sizes.Latent, _sizes.Generator, Columns, Activation.Relu, Activation.Identity);
        _discriminator = new JointDiscriminator(device, "discriminator", new JointDiscriminatorSettings(
            Columns, _sizes.Latent, _sizes.Branch, _sizes.Discriminator, _options.LeakyReluSlope, _options.DropoutRate, NormalizesRows: false, IsSpectral: false)
        {
            Reader = images?.Reader("discriminator's reader", leaky, Normalization.Batch, _options.DropoutRate),
            ReaderIsBranch = images is not null,
        });
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        var settings = new AdamSettings(_options.LearningRate, _options.Beta1, Epsilon: 1e-8f);
        _discriminatorAdam = new Adam(settings, _discriminator.Networks);
        _generatorAdam = new Adam(settings, _encoder, _generator);

        // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone.
        double workOfStep = batchSize * (4.0 * (WorkBudget.OfRow(_encoder) + WorkBudget.OfRow(_generator)) + 10.0 * _discriminator.WorkOfRow);
        int epochs = _options.NumberOfEpochs ?? EgbadSizes.Epochs(rows, batchSize, WorkBudget.Of(rows, Columns) / _options.EnsembleSize, workOfStep, _options.ImageShape is not null);
        float decay = _options.WeightAverageDecay;
        return
        [
            new TrainingPhase("adversarial training", epochs, Step, _discriminatorAdam, _generatorAdam)
            {
                Averages = decay > 0 ? [.. Networks.Select(network => new ExponentialAverage(network, decay))] : [],
            },
        ];
    }

    /// <summary>One update of the discriminator, then one of encoder and generator on other rows; for these the labels are swapped.</summary>
    private void Step(TrainingStep step)
    {
        Tensor x = step.Features, z = step.Normal(step.Rows, _sizes.Latent);
        step.Minimize(_discriminatorAdam, Judge(step, x, step.Constant(_encoder, x), step.Constant(_generator, z), z, ofRows: 1), "discriminator");
        step.BeginUpdate();
        (x, z) = (step.OtherBatch(), step.Normal(step.Rows, _sizes.Latent));
        step.Minimize(_generatorAdam, Judge(step, x, _encoder.Forward(x, step.Noise), _generator.Forward(z, step.Noise), z, ofRows: 0), "encoder and generator");
    }

    // Pairs (x, E(x)) are to be judged ofRows, pairs (G(z), z) the other.
    private Tensor Judge(TrainingStep step, Tensor x, Tensor code, Tensor made, Tensor z, float ofRows) =>
        BinaryCrossEntropyWithLogits(_discriminator.Forward(x, code, step.Noise), ofRows)
        + BinaryCrossEntropyWithLogits(_discriminator.Forward(made, z, step.Noise), 1 - ofRows);

    internal override Func<Tensor, Tensor> Reconstruction => features => _generator.Forward(_encoder.Forward(features));

    /// <summary>(1 - w) sum |x - x'| + w L, with x' = G(E(x)) and L as <see cref="EgbadOptions.Score"/> says.</summary>
    protected internal override Tensor Score(Tensor features)
    {
        Tensor code = _encoder.Forward(features);
        Tensor reconstruction = _generator.Forward(code);
        Tensor hidden = _discriminator.Features(reconstruction, code, noise: null);
        Tensor other = _options.Score == EgbadScore.Features
            ? RowAbsoluteDistance(_discriminator.Features(features, code, noise: null), hidden)
            : RowScores.CrossEntropy(_discriminator.Output(hidden));
        return (1 - _options.FeatureWeight) * RowAbsoluteDistance(features, reconstruction) + _options.FeatureWeight * other;
    }
}
