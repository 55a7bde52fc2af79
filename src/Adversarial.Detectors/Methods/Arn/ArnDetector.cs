using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// ARN, adversarial regularized reconstruction (Liguori, Manco, Pisani and Ritacco 2021). A variational autoencoder
/// reconstructs normal rows, and a discriminator learns to tell rows from their reconstructions, which the autoencoder makes hard: its
/// near misses stand for anomalies, with normal rows that are changed a little. The score is the discriminator's doubt that a row is normal, and the
/// length of its residual.
/// </summary>
/// <remarks>It fails where the reconstructions become so good that nothing is left to tell, and where anomalies lie farther off than all of them.</remarks>
public sealed partial class ArnDetector : NetworkDetector
{
    private const int DefaultSteps = 400;
    private const int DefaultBatch = 128;
    private const float CooperativeReconstructionWeight = 20;
    private const float CategoricalWeight = 0.5f;
    private const double GenerationDivergence = 1e-3;

    private readonly ArnOptions _options;
    private readonly ColumnGroups? _groups;
    private readonly float[] _columnWeights;
    private readonly ArnLabels _labels = new();
    private readonly MirroredRows _mirrored;
    private readonly NeighboringRows _neighbors;
    private readonly ResidualScore _score;
    private readonly FeatureSpace _space;
    private Mlp _encoder = null!;
    private Mlp _decoder = null!;
    private Mlp _discriminator = null!;
    private LinearMap _prior = null!;
    private GaussianMoments? _codes;
    private Adam _discriminatorAdam = null!;
    private Adam _generatorAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "ARN",
            Paper = "Adversarial Regularized Reconstruction for Anomaly Detection and Generation",
            Year = 2021,
            Reference = "ICDM 2021",
            Task = "One-class anomaly detection in tables, and generation of anomalies",
            Labels = LabelUse.Optional,
            Scaling = "Any; features are standardised, one-hot groups stay",
            Complexity = "A step costs about 8 times, a score once the weights of the discriminator for each row and member",
            KnownFailure = "Anomalies that are unlike any reconstruction",
            Readme = "src/Adversarial.Detectors/Methods/Arn/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["10b a constant column does no harm (default)"] =
                    "Another column draws other weights, and on some hundred rows two of these discriminators spread over seeds by more than the check allows.",
            },
        },
        (options, columns) => new ArnDetector(options, columns),
        ArnOptionsJson.Default.ArnOptions,
        ("Plain", () => new ArnOptions { Variant = ArnVariant.Plain }),
        ("Gumbel without divergence", () => new ArnOptions { Divergence = ArnDivergence.None }),
        ("Plain without divergence", () => new ArnOptions { Variant = ArnVariant.Plain, Divergence = ArnDivergence.None }),
        ("Plain with a fixed weight", () => new ArnOptions { Variant = ArnVariant.Plain, AnnealDivergence = false }),
        ("Cooperative", () => new ArnOptions { Game = ArnGame.Cooperative }),
        ("Published divergence", () => new ArnOptions { Divergence = ArnDivergence.AsPublished }),
        ("Layer normalization", () => new ArnOptions { Normalization = ArnNormalization.Layer }),
        ("Batch normalization", () => new ArnOptions { Normalization = ArnNormalization.Batch }),
        ("Joint batch normalization", () => new ArnOptions { Normalization = ArnNormalization.JointBatch }),
        ("No mirrored rows", () => new ArnOptions { MirrorShare = 0 }));

    internal ArnDetector(ArnOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _groups = options.Variant == ArnVariant.Gumbel && options.CategoricalGroups is { Length: > 0 } groups ? Groups(groups, columns) : null;
        _columnWeights = ColumnWeights(columns);
        _mirrored = new MirroredRows(columns, _groups, options.MirrorShare);
        _neighbors = new NeighboringRows(columns, _groups);
        _score = new ResidualScore(options.ResidualWeight);
        _space = FeatureSpace.Of(options.InputScaling);
    }

    private bool IsVariational => _options.Divergence != ArnDivergence.None;

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _decoder, _discriminator];

    /// <inheritdoc/>
    protected internal override double HeldOutShare(int rows) => _options.Selection == ArnSelection.LabelledValidation ? _options.ValidationShare : 0;

    private static ColumnGroups Groups(ColumnRange[] ranges, int columns)
    {
        try
        {
            return new ColumnGroups(columns, [.. ranges.Select(range => (range.Start, range.Length))]);
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentOutOfRangeException(nameof(ArnOptions.CategoricalGroups),
                $"Option {nameof(ArnOptions.CategoricalGroups)} does not fit {columns} features: {failure.Message}");
        }
    }

    /// <inheritdoc/>
    protected internal override int DefaultBatchSize(int rows) => DefaultBatch;

    // Mean squared error over the other columns plus half of the mean over the groups of theirs.
    private float[] ColumnWeights(int columns)
    {
        var weights = new float[columns];
        if (_groups is null)
        {
            Array.Fill(weights, 1f / columns);
            return weights;
        }

        foreach ((int start, int length) in _groups.Groups)
            weights.AsSpan(start, length).Fill(CategoricalWeight / (_groups.Groups.Length * length));
        int others = weights.Count(weight => weight == 0);
        for (int c = 0; c < columns; c++)
            weights[c] = weights[c] == 0 ? 1f / others : weights[c];
        return weights;
    }

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        _encoder = ArnNetworks.Encoder(device, Columns, _options);
        _decoder = ArnNetworks.Decoder(device, Columns, _options);
        _discriminator = ArnNetworks.Discriminator(device, Columns, _options, _options.DropoutRate);
        int code = ArnNetworks.CodeWidth(_options);
        _prior = new LinearMap(device, code, code);
        if (_codes is { } codes)
            _prior.Set(codes.Coloring());
    }

    /// <inheritdoc/>
    protected internal override void InitializeNetwork(Network network, NoiseSource noise)
    {
        base.InitializeNetwork(network, noise);
        if (_options.InitialDeviation is not { } deviation)
            return;
        foreach (Linear layer in ((Mlp)network).Layers)
            network.Parameters.Device.DrawNormal(layer.Weights, noise.Next(), 0, deviation);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _score.Forget();
        _discriminatorAdam = new Adam(new AdamSettings(_options.DiscriminatorLearningRate, Epsilon: 1e-8f), _discriminator);
        _generatorAdam = new Adam(new AdamSettings(_options.GeneratorLearningRate, Epsilon: 1e-8f), _encoder, _decoder);
        int epochs = (int)Math.Ceiling(DefaultSteps / Math.Ceiling(rows / (double)batchSize));
        float decay = _options.WeightAverageDecay;
        return
        [
            new TrainingPhase("adversarial training", _options.NumberOfEpochs ?? epochs,
                _options.Game == ArnGame.Adversarial ? StepAdversarial : StepCooperative, _discriminatorAdam, _generatorAdam)
            {
                NumberOfSteps = _options.NumberOfEpochs is null ? DefaultSteps : null,
                Averages = decay > 0 && _options.Selection == ArnSelection.LastEpoch ? [new ExponentialAverage(_discriminator, decay)] : [],
                EarlyStopping = _options.Selection == ArnSelection.LabelledValidation ? new EarlyStopping(HeldOutLikelihood, int.MaxValue, Networks) : null,
            },
            .. GenerationPhase(rows, batchSize),
        ];
    }

    /// <summary>One update of the discriminator, then one of the generator on the same rows.</summary>
    private void StepAdversarial(TrainingStep step)
    {
        Tensor x = step.Features;
        double annealing = Math.Pow(_options.AnnealingRate, step.Index + 1);
        Tensor counterexamples = _mirrored.Among(x, Reconstruct(step, x, annealing).Rows);
        step.Minimize(_discriminatorAdam, DiscriminatorLoss(step, x, counterexamples, annealing), "discriminator");

        StepGenerator(step, annealing, _options.AnnealDivergence ? annealing : 1);
    }

    /// <summary>One update of the generator; the discriminator stays as it is.</summary>
    private void StepGenerator(TrainingStep step, double annealing, double divergenceWeight)
    {
        Tensor x = step.Features;
        ReconstructedRows made = Reconstruct(step, x, annealing);
        Tensor judged = _options.Normalization == ArnNormalization.JointBatch
            ? Judge(step, x, made.Rows).Made
            : _discriminator.Forward(made.Rows, step.Noise);
        Tensor passes = BinaryCrossEntropyWithLogits(judged, 1);
        Tensor loss = _options.AdversarialWeight * passes + ReconstructionError(step, made.Rows, x);
        if (IsVariational)
            loss += (float)divergenceWeight * Divergence(made);
        step.Minimize(_generatorAdam, loss, "generator");
    }

    // Batch normalisation would learn on in the discriminator as well, whose scores are not to change.
    private IEnumerable<TrainingPhase> GenerationPhase(int rows, int batchSize)
    {
        int steps = _options.NumberOfGenerationSteps;
        if (steps == 0 || _options.Normalization is ArnNormalization.Batch or ArnNormalization.JointBatch)
            yield break;
        int epochs = (int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize));
        yield return new TrainingPhase("generation", epochs, step => StepGenerator(step, _options.LeastTemperature, GenerationDivergence), _generatorAdam) { NumberOfSteps = steps };
    }

    /// <summary>Both networks minimise one loss; the authors' missing reset of gradients and error on logits are not repeated.</summary>
    private void StepCooperative(TrainingStep step)
    {
        Tensor x = step.Features;
        double annealing = Math.Pow(_options.AnnealingRate, step.Index + 1);
        ReconstructedRows made = Reconstruct(step, x, annealing);
        Tensor loss = DiscriminatorLoss(step, x, made.Rows, annealing) + CooperativeReconstructionWeight * ReconstructionError(step, made.Rows, x);
        if (IsVariational)
            loss += Divergence(made);
        step.Minimize(_discriminatorAdam, _generatorAdam, loss, "both");
    }

    private Tensor DiscriminatorLoss(TrainingStep step, Tensor x, Tensor made, double annealing)
    {
        float noise = (float)(_options.LabelNoise * annealing);
        (Tensor ofReal, Tensor ofMade) = Judge(step, x, made);
        Tensor loss = BinaryCrossEntropyWithLogits(ofReal, _labels.Draw(step, x.Rows, real: true, noise))
            + BinaryCrossEntropyWithLogits(ofMade, _labels.Draw(step, x.Rows, real: false, noise));
        if (_options.NeighborWeight == 0)
            return loss;
        return loss + _options.NeighborWeight * BinaryCrossEntropyWithLogits(_discriminator.Forward(_neighbors.Draw(step, _space), step.Noise), 0);
    }

    // One pass for both, except where each kind has its own statistics.
    private (Tensor Real, Tensor Made) Judge(TrainingStep step, Tensor x, Tensor made)
    {
        if (_options.Normalization == ArnNormalization.Batch)
            return (_discriminator.Forward(x, step.Noise), _discriminator.Forward(made, step.Noise));
        Tensor judged = _discriminator.Forward(ConcatenateRows(x, made), step.Noise);
        return (judged.SliceRows(0, x.Rows), judged.SliceRows(x.Rows, x.Rows));
    }

    private readonly record struct ReconstructedRows(Tensor Rows, Tensor Mean, Tensor LogVariance);

    private ReconstructedRows Reconstruct(TrainingStep step, Tensor x, double annealing)
    {
        Tensor code = _encoder.Forward(x, step.Noise);
        Tensor mean = code, logVariance = code;
        if (IsVariational)
        {
            int latent = _options.LatentDimension;
            (mean, logVariance) = (code.SliceColumns(0, latent), code.SliceColumns(latent, latent));
            code = mean + Exp(0.5f * logVariance) * step.Normal(x.Rows, latent);
        }

        return new ReconstructedRows(Sample(_decoder.Forward(code, step.Noise), annealing, step.Noise), mean, logVariance);
    }

    /// <summary>Rows from the decoder's outputs: one-hot in the groups, elsewhere a sigmoid where features lie in [0, 1], else the outputs.</summary>
    private Tensor Sample(Tensor outputs, double annealing, NoiseSource noise) => Among(outputs,
        _groups is null ? outputs : SampleCategories(outputs, _groups, Math.Max((float)annealing, _options.LeastTemperature), noise.Next()));

    // Sampling has made what is in no group a sigmoid.
    private Tensor Among(Tensor outputs, Tensor categories)
    {
        if (_groups is null)
            return _space.IsBounded ? Sigmoid(outputs) : outputs;
        return _space.IsBounded ? categories : categories + _mirrored.InNoGroup(outputs) * (outputs - categories);
    }

    private protected override bool IsCategory(int column)
    {
        if (_groups is null)
            return false;
        foreach ((int start, int length) in _groups.Groups)
        {
            if (column >= start && column < start + length)
                return true;
        }

        return false;
    }

    private Tensor ReconstructionError(TrainingStep step, Tensor made, Tensor x) =>
        MeanSquaredError(made, x, step.Tape.Constant(_columnWeights, 1, Columns));

    // Means over rows and dimensions.
    private Tensor Divergence(ReconstructedRows made) => _options.Divergence == ArnDivergence.KullbackLeibler
        ? 0.5f * MeanSquare(made.Mean) + Affine(MeanExpMinusIdentity(made.LogVariance), 0.5f, -0.5f)
        : 0.5f * MeanSquare(made.Mean) + 0.5f * MeanExpMinusIdentity(0.5f * made.LogVariance);
}
