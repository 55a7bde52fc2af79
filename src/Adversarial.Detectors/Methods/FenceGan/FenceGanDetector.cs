using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// Fence GAN (Ngo, Winarto, Kou, Park, Akram and Lee 2019, arXiv:1904.01209). The generator is to make rows of which the discriminator is in
/// doubt, spread far from their own mean: a fence around the normal rows. The discriminator, for which normal rows weigh more than generated
/// ones, is the score.
/// </summary>
/// <remarks>It fails where the fence does not close, which is usual in many dimensions: then the discriminator says normal far and wide.</remarks>
public sealed class FenceGanDetector : NetworkDetector
{
    private readonly FenceGanOptions _options;
    private readonly FenceGanSizes _sizes;
    private Mlp _generator = null!;
    private Mlp _discriminator = null!;
    private Adam _generatorAdam = null!;
    private Adam _discriminatorAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Fence GAN",
            Paper = "Fence GAN: Towards Better Anomaly Detection",
            Year = 2019,
            Reference = "arXiv:1904.01209",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "A step costs about 12 times the weights, a score the discriminator's weights for each row",
            KnownFailure = "A fence that does not close, as is usual in many dimensions; single fits differ a great deal",
            Readme = "src/Adversarial.Detectors/Methods/FenceGan/README.md",
        },
        (options, columns) => new FenceGanDetector(options, columns),
        FenceGanOptionsJson.Default.FenceGanOptions,
        ("No dispersion", () => new FenceGanOptions { DispersionWeight = 0 }));

    internal FenceGanDetector(FenceGanOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = FenceGanSizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_generator, _discriminator];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        _generator = new Mlp(device, "generator", _sizes.Latent, _sizes.Generator, Columns, Activation.Relu, Activation.Identity);
        _discriminator = new Mlp(device, "discriminator", Columns, _sizes.Discriminator, 1,
            Activation.LeakyRelu(_options.LeakyReluSlope), Activation.Identity, _options.DropoutRate);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _generatorAdam = new Adam(new AdamSettings(_options.LearningRate, _options.Beta1, Epsilon: 1e-8f), _generator);
        _discriminatorAdam = new Adam(new AdamSettings(_options.DiscriminatorLearningRate, _options.Beta1, Epsilon: 1e-8f), _discriminator);

        // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone.
        double workOfStep = batchSize * (4.0 * _generator.Parameters.Count + 8.0 * _discriminator.Parameters.Count);
        int epochs = _options.NumberOfEpochs ?? FenceGanSizes.Epochs(rows, batchSize, WorkBudget.Of(rows, Columns) / _options.EnsembleSize, workOfStep);
        return
        [
            new TrainingPhase("adversarial training", epochs, Step, _discriminatorAdam, _generatorAdam)
            {
                Averages = _options.WeightAverageDecay > 0 ? [new ExponentialAverage(_discriminator, _options.WeightAverageDecay)] : [],
            },
        ];
    }

    /// <summary>The discriminator on normal rows, then on generated ones, by one optimiser as in the authors' code; then the generator.</summary>
    private void Step(TrainingStep step)
    {
        int n = step.Rows;
        step.Minimize(_discriminatorAdam, BinaryCrossEntropyWithLogits(_discriminator.Forward(step.Features, step.Noise), 1), "discriminator, normal");
        Tensor made = _generator.Forward(step.Normal(n, _sizes.Latent));
        step.Minimize(_discriminatorAdam,
            _options.GeneratedWeight * BinaryCrossEntropyWithLogits(_discriminator.Forward(made, step.Noise), 0), "discriminator, generated");

        made = _generator.Forward(step.Normal(n, _sizes.Latent));
        Tensor loss = BinaryCrossEntropyWithLogits(_discriminator.Forward(made, step.Noise), _options.BoundaryLevel);
        if (_options.DispersionWeight > 0)
            loss += (_options.DispersionWeight * MathF.Sqrt(Columns)) * Reciprocal(Mean(RowNorm(CenterColumns(made))));
        step.Minimize(_generatorAdam, loss, "generator");
    }

    /// <summary>Minus the logit that the row is normal: above 0 where the paper's score, 1 - D(x), is above 1/2.</summary>
    protected internal override Tensor Score(Tensor features) => Affine(_discriminator.Forward(features), -1, 0);
}
