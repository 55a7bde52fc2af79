using System.Runtime.CompilerServices;
using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// AnoGAN (Schlegl, Seeböck, Waldstein, Schmidt-Erfurth and Langs 2017, arXiv:1703.05921). A generator and a discriminator play the usual game
/// on normal rows. To score a row the generator's input is searched by gradient for what gives the row back; the score is what is left of it,
/// and how differently the discriminator sees the row and what was found.
/// </summary>
/// <remarks>
/// All rows of a block are searched at once, each for itself and from the same start points, so that a score is a function of the row. It fails
/// where the generator does not reach all normal rows, which is usual, and scoring is slow by nature: hundreds of passes for a row.
/// </remarks>
public sealed class AnoGanDetector : NetworkDetector
{
    private readonly AnoGanOptions _options;
    private readonly AnoGanSizes _sizes;

    // A scorer has its own tape, and each tape its own search.
    private readonly ConditionalWeakTable<Tape, LatentSearch> _searches = [];
    private RowNetwork _generator = null!;
    private RowNetwork _discriminator = null!;
    private Adam _generatorAdam = null!;
    private Adam _discriminatorAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "AnoGAN",
            Paper = "Unsupervised Anomaly Detection with Generative Adversarial Networks to Guide Marker Discovery",
            Year = 2017,
            Reference = "arXiv:1703.05921",
            Task = "One-class anomaly detection in tables and images",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "A step costs about 8 times the weights for each row; a score 200 searching steps of 3 times the weights, of images 30",
            KnownFailure = "Normal rows that the generator does not reach; scoring takes hundreds of passes for a row",
            Readme = "src/Adversarial.Detectors/Methods/AnoGan/README.md",
        },
        (options, columns) => new AnoGanDetector(options, columns),
        AnoGanOptionsJson.Default.AnoGanOptions,
        ("Cross entropy", () => new AnoGanOptions { Score = AnoGanScore.CrossEntropy }));

    internal AnoGanDetector(AnoGanOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = AnoGanSizes.Of(options, columns);
    }

    internal override string? OnnxRefusal =>
        "it searches the code of each row by gradient steps, which is no feed-forward computation. f-AnoGAN has an encoder in the place of the search, and is.";

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_generator, _discriminator];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        var images = GanNetworks.Of(device, _options.ImageShape, _options.ConvolutionChannels);
        _generator = images?.Generator("generator", _sizes.Latent, _sizes.Generator)
            ?? (RowNetwork)new Mlp(device, "generator", _sizes.Latent, _sizes.Generator, Columns, Activation.Relu, Activation.Identity);
        _discriminator = images?.Discriminator("discriminator", _sizes.Discriminator, 1, leaky, Normalization.Batch, _options.DropoutRate)
            ?? (RowNetwork)new Mlp(device, "discriminator", Columns, _sizes.Discriminator, 1, leaky, Activation.Identity, _options.DropoutRate);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _searches.Clear();
        var settings = new AdamSettings(_options.LearningRate, _options.Beta1, Epsilon: 1e-8f);
        _generatorAdam = new Adam(settings, _generator);
        _discriminatorAdam = new Adam(settings, _discriminator);

        // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone.
        double workOfStep = batchSize * (4.0 * WorkBudget.OfRow(_generator) + 8.0 * WorkBudget.OfRow(_discriminator));
        int epochs = _options.NumberOfEpochs ?? AnoGanSizes.Epochs(rows, batchSize, WorkBudget.Of(rows, Columns) / _options.EnsembleSize, workOfStep, _options.ImageShape is not null);
        float decay = _options.WeightAverageDecay;
        return
        [
            new TrainingPhase("adversarial training", epochs, Step, _discriminatorAdam, _generatorAdam)
            {
                Averages = decay > 0 ? [new ExponentialAverage(_generator, decay), new ExponentialAverage(_discriminator, decay)] : [],
            },
        ];
    }

    /// <summary>One update of the discriminator, then one of the generator (Goodfellow et al. 2014, with the loss that does not saturate).</summary>
    private void Step(TrainingStep step)
    {
        int n = step.Rows;
        (Tensor ofRows, Tensor ofMade) = Judge(step, step.Features, step.Constant(_generator, step.Normal(n, _sizes.Latent)));
        step.Minimize(_discriminatorAdam, BinaryCrossEntropyWithLogits(ofRows, 1) + BinaryCrossEntropyWithLogits(ofMade, 0), "discriminator");

        step.BeginUpdate();
        Tensor made = _generator.Forward(step.Normal(n, _sizes.Latent), step.Noise);
        step.Minimize(_generatorAdam, BinaryCrossEntropyWithLogits(_discriminator.Forward(made, step.Noise), 1), "generator");
    }

    // Statistics of a batch are to be of rows, or of what is made: together they would give away what is which.
    private (Tensor OfRows, Tensor OfMade) Judge(TrainingStep step, Tensor rows, Tensor made)
    {
        if (_options.ImageShape is not null)
            return (_discriminator.Forward(rows, step.Noise), _discriminator.Forward(made, step.Noise));
        Tensor logits = _discriminator.Forward(ConcatenateRows(rows, made), step.Noise);
        return (logits.SliceRows(0, rows.Rows), logits.SliceRows(rows.Rows, rows.Rows));
    }

    /// <summary>The least (1 - w) sum |x - G(z)| + w L that the search came by.</summary>
    protected internal override Tensor Score(Tensor features) =>
        _searches.GetValue(features.Tape, tape => new LatentSearch(tape.Device, _generator, _discriminator, _options, _sizes)).Run(features);
}
