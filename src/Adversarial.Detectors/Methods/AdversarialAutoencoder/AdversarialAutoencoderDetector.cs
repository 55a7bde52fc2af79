using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// An adversarial autoencoder (Makhzani, Shlens, Jaitly, Goodfellow and Frey 2016) by its reconstruction error: an autoencoder whose codes learn,
/// against a critic, to pass for draws from N(0, 1). The score is the root mean square of row minus reconstruction. It is the first stage of
/// DA3D (arXiv:2101.04645) by itself, and what its alarm has to beat.
/// </summary>
/// <remarks>It fails where anomalies are sums of what normal rows are made of: these are given back as well as normal rows.</remarks>
public sealed class AdversarialAutoencoderDetector : NetworkDetector
{
    private const int WantedSteps = 3000;
    private const int LeastSteps = 500;

    // Dropout, critic and three updates cost time that the weights of the autoencoder do not tell.
    private const double ShareOfBudget = 0.7;

    private readonly AdversarialAutoencoderOptions _options;
    private readonly int _latent;
    private Mlp _encoder = null!;
    private Mlp _decoder = null!;
    private Mlp _critic = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Adversarial autoencoder",
            Paper = "Adversarial Autoencoders",
            Year = 2016,
            Reference = "arXiv:1511.05644",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Standardised features, which the default InputScaling gives",
            Complexity = "A step costs 7 times the weights of the encoder and 3 times the decoder's, a score both once, for each row and member",
            KnownFailure = "Anomalies that the code gives back as well as normal rows; the game on the codes adds nothing to the score by itself",
            Readme = "src/Adversarial.Detectors/Methods/AdversarialAutoencoder/README.md",
        },
        (options, columns) => new AdversarialAutoencoderDetector(options, columns),
        AdversarialAutoencoderOptionsJson.Default.AdversarialAutoencoderOptions,
        ("Wasserstein", () => new AdversarialAutoencoderOptions { Game = AdversarialAutoencoderGame.Wasserstein }),
        ("Bounded Wasserstein", () => new AdversarialAutoencoderOptions
        {
            Game = AdversarialAutoencoderGame.BoundedWasserstein,
            InputScaling = InputScaling.MinMax,
            ReconstructionLoss = ReconstructionLoss.CrossEntropy,
        }));

    internal AdversarialAutoencoderDetector(AdversarialAutoencoderOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _latent = options.LatentDimension ?? LayerWidths.CodeOf(columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _decoder, _critic];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        int[] encoder = _options.EncoderLayerSizes ?? LayerWidths.FunnelOf(Columns, _latent);
        Mlp Make(string name, int inputs, int[] hidden, int outputs, Activation output) =>
            new(device, name, inputs, hidden, outputs, leaky, output, _options.DropoutRate);

        _encoder = Make("encoder", Columns, encoder, _latent, Activation.Identity);
        _decoder = Make("decoder", _latent, [.. Enumerable.Reverse(encoder)], Columns, Activation.Identity);
        _critic = Make("critic", _latent, _options.CriticLayerSizes ?? [40, 20, 10, 5], 1,
            _options.Game == AdversarialAutoencoderGame.BoundedWasserstein ? Activation.Sigmoid : Activation.Identity);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        var settings = new AdamSettings(_options.LearningRate);
        float? norm = _options.Game == AdversarialAutoencoderGame.BoundedWasserstein ? _options.ClippingBound : null;
        float? weights = _options.Game == AdversarialAutoencoderGame.Wasserstein ? _options.ClippingBound : null;
        var training = new AdversarialReconstruction(_encoder, _decoder, _critic, _options.ReconstructionLoss,
            wasserstein: _options.Game != AdversarialAutoencoderGame.CrossEntropy)
        {
            ReconstructionAdam = new Adam(settings, _encoder, _decoder),
            CriticAdam = new Adam(settings, _critic) { ClipNorm = norm, ClipWeights = weights },
            EncoderAdam = new Adam(settings, _encoder) { ClipNorm = norm },
        };
        Adam[] optimizers = [training.ReconstructionAdam, training.CriticAdam, training.EncoderAdam];
        double budget = ShareOfBudget * WorkBudget.Of(rows, Columns) / _options.EnsembleSize;
        int steps = WorkBudget.Steps(WantedSteps, LeastSteps, budget, AdversarialReconstruction.WorkOfStep(batchSize, _encoder, _decoder));
        return
        [
            new TrainingPhase("adversarial autoencoder", _options.NumberOfEpochs ?? WorkBudget.Epochs(steps, rows, batchSize), step =>
            {
                foreach (Adam adam in optimizers)
                    step.FallByLine(adam, _options.LearningRate, _options.FinalLearningRateShare);
                training.Step(step);
            }, optimizers),
        ];
    }

    internal override Func<Tensor, Tensor> Reconstruction => Reconstruct;

    private Tensor Reconstruct(Tensor features) => _options.ReconstructionLoss.RowsOf(_decoder.Forward(_encoder.Forward(features)));

    /// <summary>The root mean square of row minus reconstruction.</summary>
    protected internal override Tensor Score(Tensor features) => Affine(RowEuclideanDistance(features, Reconstruct(features)), (float)(1 / Math.Sqrt(Columns)), 0);
}
