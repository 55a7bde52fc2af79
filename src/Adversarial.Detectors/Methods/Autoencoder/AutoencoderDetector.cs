using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// An autoencoder (Hawkins, He, Williams and Baxter 2002; Sakurada and Yairi 2014). An encoder and a decoder learn to give normal rows back
/// through a code that is too narrow for any row. The score is the root mean square of what is left of a row: row minus reconstruction.
/// </summary>
/// <remarks>It fails where anomalies are sums of what normal rows are made of: these are given back as well as normal rows.</remarks>
public sealed class AutoencoderDetector : NetworkDetector
{
    private readonly AutoencoderOptions _options;
    private readonly AutoencoderSizes _sizes;
    private RowNetwork _encoder = null!;
    private RowNetwork _decoder = null!;
    private Adam _adam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Autoencoder",
            Paper = "Outlier Detection Using Replicator Neural Networks",
            Year = 2002,
            Reference = "doi:10.1007/3-540-46145-0_17",
            Task = "One-class anomaly detection in tables and images",
            Labels = LabelUse.None,
            Scaling = "Standardised features, which the default InputScaling gives",
            Complexity = "A step costs 3 times, a score once the weights of encoder and decoder for each row and member",
            KnownFailure = "Anomalies that the code gives back as well as normal rows",
            Readme = "src/Adversarial.Detectors/Methods/Autoencoder/README.md",
        },
        (options, columns) => new AutoencoderDetector(options, columns),
        AutoencoderOptionsJson.Default.AutoencoderOptions,
        ("Cross entropy", () => new AutoencoderOptions { InputScaling = InputScaling.MinMax, ReconstructionLoss = ReconstructionLoss.CrossEntropy }));

    internal AutoencoderDetector(AutoencoderOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = AutoencoderSizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _decoder];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        if (_options.ImageShape is { } shape)
        {
            PoolingNetworks images = PoolingNetworks.Of(shape, _options.EncoderLayerSizes, _options.LatentDimension, leaky);
            _encoder = new ConvolutionalNetwork(device, "encoder", images.Input, images.Encoder(withoutBias: false));
            _decoder = new ConvolutionalNetwork(device, "decoder", new MapShape(1, 1, images.Latent), images.Decoder(Activation.Identity, withoutBias: false));
            return;
        }

        _encoder = new Mlp(device, "encoder", Columns, _sizes.Encoder, _sizes.Latent, leaky, Activation.Identity);
        _decoder = new Mlp(device, "decoder", _sizes.Latent, _sizes.Decoder, Columns, leaky, Activation.Identity);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _adam = new Adam(new AdamSettings(_options.LearningRate, Epsilon: 1e-8f), _encoder, _decoder);
        double budget = WorkBudget.Of(rows, Columns) / _options.EnsembleSize;

        // Multiply-adds of a step: forward is one pass, backward two.
        double workOfStep = 3.0 * batchSize * (WorkBudget.OfRow(_encoder) + WorkBudget.OfRow(_decoder));
        return [new TrainingPhase("autoencoder", _options.NumberOfEpochs ?? AutoencoderSizes.Epochs(rows, batchSize, budget, workOfStep), Step, _adam)];
    }

    /// <summary>One update: give back the rows from what noise has left of them.</summary>
    private void Step(TrainingStep step)
    {
        step.FallByLine(_adam, _options.LearningRate, _options.FinalLearningRateShare);
        Tensor x = step.Features;
        Tensor seen = _options.NoiseDeviation > 0 ? x + step.Normal(step.Rows, Columns, deviation: _options.NoiseDeviation) : x;
        Tensor outputs = _decoder.Forward(_encoder.Forward(seen, step.Noise), step.Noise);
        step.Minimize(_adam, _options.ReconstructionLoss.Of(outputs, x), "reconstruction");
    }

    internal override Func<Tensor, Tensor> Reconstruction => Reconstruct;

    private Tensor Reconstruct(Tensor features) => _options.ReconstructionLoss.RowsOf(_decoder.Forward(_encoder.Forward(features)));

    /// <summary>The root mean square of row minus reconstruction.</summary>
    protected internal override Tensor Score(Tensor features) => Affine(RowEuclideanDistance(features, Reconstruct(features)), (float)(1 / Math.Sqrt(Columns)), 0);
}
