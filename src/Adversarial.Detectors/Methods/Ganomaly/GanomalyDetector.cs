using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// GANomaly (Akcay, Atapour-Abarghouei and Breckon 2018, arXiv:1805.06725). An encoder and a decoder give normal rows back, a second encoder the
/// code of what was given back, a discriminator judges by its features. The score is how far the two codes lie apart.
/// </summary>
/// <remarks>
/// Batch statistics serve in training only: a score is a function of the row, and no minimum or maximum of test rows enters it. It fails where
/// codes shrink, which their agreement rewards, and where anomalies are given back.
/// </remarks>
public sealed class GanomalyDetector : NetworkDetector
{
    // A discriminator that is that sure teaches nothing any more, and begins anew (the authors' code).
    private const double SureLoss = 1e-5;

    private readonly GanomalyOptions _options;
    private readonly GanomalySizes _sizes;
    private RowNetwork _encoder = null!;
    private RowNetwork _decoder = null!;
    private RowNetwork _secondEncoder = null!;
    private RowNetwork? _reader;
    private Mlp _discriminator = null!;
    private Adam _generatorAdam = null!;
    private Adam _discriminatorAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "GANomaly",
            Paper = "GANomaly: Semi-Supervised Anomaly Detection via Adversarial Training",
            Year = 2018,
            Reference = "arXiv:1805.06725",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Any; features are standardised",
            Complexity = "A step costs about 5 times, a score once the weights for each row",
            KnownFailure = "Codes that shrink until they say nothing, and anomalies that are given back as well as normal rows",
            Readme = "src/Adversarial.Detectors/Methods/Ganomaly/README.md",
        },
        (options, columns) => new GanomalyDetector(options, columns),
        GanomalyOptionsJson.Default.GanomalyOptions,
        ("Codes score", () => new GanomalyOptions { Score = GanomalyScore.Codes }));

    internal GanomalyDetector(GanomalyOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = GanomalySizes.Of(options, columns);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks =>
        _reader is null ? [_encoder, _decoder, _secondEncoder, _discriminator] : [_encoder, _decoder, _secondEncoder, _reader, _discriminator];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        if (StridedNetworks.Of(_options.ImageShape, _options.EncoderLayerSizes) is { } images)
        {
            _encoder = images.Encoder(device, "encoder", _sizes.Latent, leaky, Normalization.Batch);
            _decoder = images.Decoder(device, "decoder", _sizes.Latent, Activation.Relu, Normalization.Batch);
            _secondEncoder = images.Encoder(device, "second encoder", _sizes.Latent, leaky, Normalization.Batch);
            _reader = images.Reader(device, "discriminator's reader", leaky, Normalization.Batch);
            _discriminator = new Mlp(device, "discriminator", _reader.Outputs, [], 1, leaky, Activation.Identity);
            return;
        }

        // Statistics of the batch behind each hidden layer but the first of what reads rows.
        Mlp Reader(string name, int outputs) => new(device, name, Columns,
        [
            .. _sizes.Encoder.Select((width, i) => new LayerSpec(width, leaky, i == 0 ? Normalization.None : Normalization.Batch)),
            new LayerSpec(outputs, Activation.Identity),
        ]);

        _encoder = Reader("encoder", _sizes.Latent);
        _decoder = new Mlp(device, "decoder", _sizes.Latent,
        [
            .. Enumerable.Reverse(_sizes.Encoder).Select(width => new LayerSpec(width, Activation.Relu, Normalization.Batch)),
            new LayerSpec(Columns, Activation.Identity),
        ]);
        _secondEncoder = Reader("second encoder", _sizes.Latent);
        _discriminator = Reader("discriminator", 1);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        var settings = new AdamSettings(_options.LearningRate, _options.Beta1, Epsilon: 1e-8f);
        _generatorAdam = new Adam(settings, _encoder, _decoder, _secondEncoder);
        _discriminatorAdam = new Adam(settings, [.. _reader is null ? (Network[])[_discriminator] : [_reader, _discriminator]]);

        // Multiply-adds of a step by the passes through the networks: forward is one, backward two, or one to the input alone.
        double workOfStep = batchSize * (3.0 * (WorkBudget.OfRow(_encoder) + WorkBudget.OfRow(_decoder) + WorkBudget.OfRow(_secondEncoder))
            + 9.0 * (WorkBudget.OfRow(_discriminator) + (_reader is null ? 0 : WorkBudget.OfRow(_reader))));
        int epochs = _options.NumberOfEpochs ?? GanomalySizes.Epochs(rows, batchSize, WorkBudget.Of(rows, Columns) / _options.EnsembleSize, workOfStep);
        return [new TrainingPhase("adversarial training", epochs, Step, _generatorAdam, _discriminatorAdam)];
    }

    /// <summary>One update of encoders and decoder, then one of the discriminator on what they gave before it.</summary>
    private void Step(TrainingStep step)
    {
        Tensor x = step.Features;
        Tensor code = _encoder.Forward(x, step.Noise);
        Tensor given = _decoder.Forward(code, step.Noise);
        Tensor codeOfGiven = _secondEncoder.Forward(given, step.Noise);
        Tensor ofRow = Seen(x, step.Noise), ofGiven = Seen(given, step.Noise);
        Tensor adversarial = MeanSquaredError(ofGiven, ofRow), reconstruction = MeanAbsoluteError(given, x), codes = MeanSquaredError(codeOfGiven, code);
        step.Report(adversarial, "adversarial");
        step.Report(reconstruction, "reconstruction");
        step.Report(codes, "codes");
        step.Minimize(_generatorAdam,
            _options.AdversarialWeight * adversarial + _options.ReconstructionWeight * reconstruction + _options.CodeWeight * codes, "encoders and decoder");

        Tensor loss = 0.5f * (BinaryCrossEntropyWithLogits(_discriminator.Output(ofRow), 1) + BinaryCrossEntropyWithLogits(_discriminator.Output(ofGiven), 0));
        if (step.Minimize(_discriminatorAdam, loss, "discriminator") < SureLoss)
        {
            _reader?.Initialize(step.Noise);
            _discriminator.Initialize(step.Noise);
        }
    }

    // The discriminator's last hidden activation.
    private Tensor Seen(Tensor x, NoiseSource noise) => _reader?.Forward(x, noise) ?? _discriminator.Features(x, noise);

    internal override Func<Tensor, Tensor> Reconstruction => features => _decoder.Forward(_encoder.Forward(features));

    /// <summary>The root mean square of the codes' difference, or of the residual.</summary>
    protected internal override Tensor Score(Tensor features)
    {
        Tensor code = _encoder.Forward(features);
        Tensor given = _decoder.Forward(code);
        return _options.Score == GanomalyScore.Residual
            ? Affine(RowEuclideanDistance(features, given), (float)(1 / Math.Sqrt(Columns)), 0)
            : Affine(RowEuclideanDistance(code, _secondEncoder.Forward(given)), (float)(1 / Math.Sqrt(_sizes.Latent)), 0);
    }
}
