using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// f-AnoGAN (Schlegl, Seeböck, Waldstein, Langs and Schmidt-Erfurth 2019, doi:10.1016/j.media.2019.01.010). A generator learns normal rows against
/// a Wasserstein critic with a gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028); then, both frozen, an encoder learns to be the
/// generator's inverse (izi_f). The score is the residual of G(E(x)), in the row and in the critic's features.
/// </summary>
/// <remarks>It fails where the generator does not reach all normal rows, and where a large code gives anomalies back too.</remarks>
public sealed class FAnoGanDetector : NetworkDetector
{
    // Steps of the encoder for each of the game.
    private const int EncoderSteps = 2;

    private readonly FAnoGanOptions _options;
    private readonly FAnoGanSizes _sizes;
    private float[] _shares = [];
    private float[] _spread = [];
    private RowNetwork _generator = null!;
    private RowNetwork _critic = null!;
    private RowNetwork _encoder = null!;
    private Adam _generatorAdam = null!;
    private Adam _criticAdam = null!;
    private Adam _encoderAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "f-AnoGAN",
            Paper = "f-AnoGAN: Fast Unsupervised Anomaly Detection with Generative Adversarial Networks",
            Year = 2019,
            Reference = "doi:10.1016/j.media.2019.01.010",
            Task = "One-class anomaly detection in tables and images",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "A step of the game costs about 90 times, one of the encoder 8 times, a score twice the weights for each row",
            KnownFailure = "Normal rows that the generator does not reach, and anomalies that a large code gives back",
            Readme = "src/Adversarial.Detectors/Methods/FAnoGan/README.md",
        },
        (options, columns) => new FAnoGanDetector(options, columns),
        FAnoGanOptionsJson.Default.FAnoGanOptions,
        ("Residual alone", () => new FAnoGanOptions { FeatureWeight = 0 }));

    internal FAnoGanDetector(FAnoGanOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = FAnoGanSizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_generator, _critic, _encoder];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        if (GanNetworks.Of(device, _options.ImageShape, _options.ConvolutionChannels) is { } images)
        {
            // The penalty is of each row, and statistics of a batch would make the critic's output of one a function of the others.
            _generator = images.Generator("generator", _sizes.Latent, _sizes.Generator);
            _critic = images.Discriminator("critic", _sizes.Critic, 1, leaky, Normalization.None);
            _encoder = images.Discriminator("encoder", _sizes.Encoder, _sizes.Latent, leaky, Normalization.Batch);
            return;
        }

        _generator = new Mlp(device, "generator", _sizes.Latent, _sizes.Generator, Columns, Activation.Relu, Activation.Identity);
        _critic = new Mlp(device, "critic", Columns, _sizes.Critic, 1, leaky, Activation.Identity);
        _encoder = new Mlp(device, "encoder", Columns, _sizes.Encoder, _sizes.Latent, leaky, Activation.Identity);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        // The paper's moments for the game, Adam's usual ones for the encoder.
        var game = new AdamSettings(_options.LearningRate, Beta1: 0, Beta2: 0.9f, Epsilon: 1e-8f);
        _generatorAdam = new Adam(game, _generator);
        _criticAdam = new Adam(game, _critic);
        _encoderAdam = new Adam(new AdamSettings(_options.EncoderLearningRate, Epsilon: 1e-8f), _encoder);

        // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone; the penalty
        // takes a pass forth, one back that is recorded, and the way back through both.
        double ofGame = batchSize * (_options.CriticSteps * (13.0 * WorkBudget.OfRow(_critic) + WorkBudget.OfRow(_generator))
            + 3.0 * WorkBudget.OfRow(_generator) + 2.0 * WorkBudget.OfRow(_critic));
        double ofEncoder = batchSize * (3.0 * WorkBudget.OfRow(_encoder) + 2.0 * WorkBudget.OfRow(_generator) + 3.0 * WorkBudget.OfRow(_critic));
        int epochs = FAnoGanSizes.Epochs(rows, batchSize, WorkBudget.Of(rows, Columns) / _options.EnsembleSize, ofGame + EncoderSteps * ofEncoder, _options.ImageShape is not null);
        int gameEpochs = _options.NumberOfEpochs ?? epochs;
        return
        [
            new TrainingPhase("game", gameEpochs, StepGame, _criticAdam, _generatorAdam),
            new TrainingPhase("encoder", _options.NumberOfEncoderEpochs ?? EncoderSteps * gameEpochs, StepEncoder, _encoderAdam),
        ];
    }

    /// <summary>Updates of the critic on rows of their own, then one of the generator.</summary>
    private void StepGame(TrainingStep step)
    {
        for (int i = 0; i < _options.CriticSteps; i++)
        {
            StepCritic(step, i == 0 ? step.Features : step.OtherBatch());
            step.BeginUpdate();
        }

        Tensor made = _generator.Forward(step.Normal(step.Rows, _sizes.Latent), step.Noise);
        step.Minimize(_generatorAdam, -Mean(_critic.Forward(made)), "generator");
    }

    /// <summary>E[D(G(z))] - E[D(x)] + lambda E[(|grad D(x~)| - 1)²], x~ at random between x and G(z).</summary>
    private void StepCritic(TrainingStep step, Tensor x)
    {
        int n = step.Rows;
        Tensor made = step.Constant(_generator, step.Normal(n, _sizes.Latent));
        Tensor judged = _critic.Forward(ConcatenateRows(x, made));
        Tensor loss = Mean(judged.SliceRows(n, n)) - Mean(judged.SliceRows(0, n));
        if (_options.GradientPenalty > 0)
        {
            Tensor between = x + Shares(step) * (made - x);
            loss += _options.GradientPenalty * MeanSquare(Affine(RowNorm(_critic.InputGradient(between)), 1, -1));
        }

        step.Minimize(_criticAdam, loss, "critic");
    }

    // One number in [0, 1) for each row, the same in all its columns.
    private Tensor Shares(TrainingStep step)
    {
        int n = step.Rows;
        if (_shares.Length < n)
            (_shares, _spread) = (new float[n], new float[n * Columns]);
        RandomFill.Uniform(step.Noise.Next(), 0, _shares.AsSpan(0, n), 0, 1);
        for (int r = 0; r < n; r++)
            _spread.AsSpan(r * Columns, Columns).Fill(_shares[r]);
        return step.Tape.Constant(_spread.AsSpan(0, n * Columns), n, Columns);
    }

    /// <summary>One update of the encoder: what it encodes is to be given back, in the row and in the critic's features.</summary>
    private void StepEncoder(TrainingStep step)
    {
        Tensor x = step.Features;
        Tensor given = _generator.Forward(_encoder.Forward(x, step.Noise));
        Tensor loss = MeanSquaredError(given, x);
        if (_options.FeatureWeight > 0)
            loss += _options.FeatureWeight * MeanSquaredError(_critic.Features(given), _critic.Features(x));
        step.Minimize(_encoderAdam, loss, "encoder");
    }

    internal override Func<Tensor, Tensor> Reconstruction => features => _generator.Forward(_encoder.Forward(features));

    /// <summary>Mean of (x - x')² over the features, and kappa times that of the critic's features, with x' = G(E(x)).</summary>
    protected internal override Tensor Score(Tensor features)
    {
        Tensor given = _generator.Forward(_encoder.Forward(features));
        Tensor score = MeanSquareOfRows(features, given);
        return _options.FeatureWeight > 0 ? score + _options.FeatureWeight * MeanSquareOfRows(_critic.Features(features), _critic.Features(given)) : score;
    }

    private static Tensor MeanSquareOfRows(Tensor a, Tensor b)
    {
        Tensor distance = RowEuclideanDistance(a, b);
        return (1f / a.Columns) * (distance * distance);
    }
}
