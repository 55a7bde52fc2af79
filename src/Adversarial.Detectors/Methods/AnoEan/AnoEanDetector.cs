using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// AnoEAN, an encoding adversarial network (Gherbi, Hanczar, Janodet and Klaudel 2019). An encoder learns, against a discriminator, to
/// place normal rows as N(0, 1) in a small code and known anomalies elsewhere. The score is the Mahalanobis distance of a row's code from
/// the codes of held-out normal rows.
/// </summary>
/// <remarks>It needs some known anomalies, and fails on kinds of anomalies that are unlike all of them.</remarks>
public sealed class AnoEanDetector : NetworkDetector
{
    private const int NormalRowsOfABatch = 180;
    private const int DefaultSteps = 40_000;
    private const int FewestEpochs = 20;
    private const int MostEpochs = 1000;

    private readonly AnoEanOptions _options;
    private RowNetwork _encoder = null!;
    private Mlp _discriminator = null!;
    private LinearMap _whitening = null!;
    private GaussianMoments? _codes;
    private Adam _encoderAdam = null!;
    private Adam _discriminatorAdam = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "AnoEAN",
            Paper = "An Encoding Adversarial Network for Anomaly Detection",
            Year = 2019,
            Reference = "HAL:hal-02421274",
            Task = "Anomaly detection in tables with a few known anomalies",
            Labels = LabelUse.FewAnomalies,
            Scaling = "Any; features are standardised",
            Complexity = "A step costs about 3 times, a score once the weights of the encoder for each row and member",
            KnownFailure = "Anomalies unlike all known ones",
            Readme = "src/Adversarial.Detectors/Methods/AnoEan/README.md",
        },
        (options, columns) => new AnoEanDetector(options, columns),
        AnoEanOptionsJson.Default.AnoEanOptions,
        ("Minimax", () => new AnoEanOptions { EncoderLoss = AnoEanEncoderLoss.Minimax }));

    internal AnoEanDetector(AnoEanOptions options, int columns)
        : base(options, columns) => _options = options;

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _discriminator];

    // It stops by rows that it keeps for itself, and has few known anomalies to learn by heart.
    internal override bool FlattersTrainingRows => false;

    /// <inheritdoc/>
    protected internal override double HeldOutShare(int rows) => _options.ValidationShare;

    /// <inheritdoc/>
    protected internal override int DefaultBatchSize(int rows) => NormalRowsOfABatch;

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);
        int latent = _options.LatentDimension;
        _encoder = StridedNetworks.Of(_options.ImageShape, _options.EncoderLayerSizes) is { } images
            ? images.Encoder(device, "encoder", latent, leaky)
            : new Mlp(device, "encoder", Columns, _options.EncoderLayerSizes ?? [128, 64, 32], latent, leaky, Activation.Identity);
        _discriminator = new Mlp(device, "discriminator", latent, _options.DiscriminatorLayerSizes ?? [32, 16], 1, leaky, Activation.Identity);
        _whitening = new LinearMap(device, latent, latent);
        SetCodes(_codes ?? GaussianMoments.Of([], latent));
    }

    private void SetCodes(GaussianMoments codes)
    {
        _codes = codes;
        _whitening.Set(codes.Whitening());
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        var settings = new AdamSettings(_options.LearningRate, _options.Beta1, Epsilon: 1e-8f);
        _discriminatorAdam = new Adam(settings, _discriminator);
        _encoderAdam = new Adam(settings, _encoder);
        int epochs = Math.Clamp((int)(DefaultSteps / Math.Ceiling(rows / (double)batchSize)), FewestEpochs, MostEpochs);
        return
        [
            new TrainingPhase("adversarial training", _options.NumberOfEpochs ?? epochs, Step, _discriminatorAdam, _encoderAdam)
            {
                EarlyStopping = new EarlyStopping(HeldOutPrecision, _options.Patience, Networks),
            },
        ];
    }

    /// <summary>Algorithm 1 on a batch of normal rows, known anomalies and codes from N(0, 1).</summary>
    private void Step(TrainingStep step)
    {
        int normal = step.Rows;
        int anomalies = Math.Max(1, (int)Math.Round(normal * _options.AnomalyShare / (1 - _options.AnomalyShare)));
        int latent = _options.LatentDimension;
        Tensor rows = ConcatenateRows(step.Features, step.DrawAnomalies(anomalies));

        // Eq. (1): drawn codes -> 1, encoded rows -> 0. The three parts weigh alike however many rows they have.
        Tensor codes = step.Tape.Allocate(2 * (normal + anomalies), latent);
        Tensor drawn = codes.SliceRows(0, normal + anomalies);
        Tensor encoded = codes.SliceRows(normal + anomalies, normal + anomalies);
        step.Normal(drawn.Rows, latent, into: drawn);
        _encoder.Forward(rows, into: encoded);
        for (int k = 0; k < _options.NumberOfDiscriminatorSteps; k++)
        {
            Tensor logits = _discriminator.Forward(codes);
            step.Minimize(_discriminatorAdam,
                BinaryCrossEntropyWithLogits(logits.SliceRows(0, drawn.Rows), 1)
                + BinaryCrossEntropyWithLogits(logits.SliceRows(drawn.Rows, normal), 0)
                + BinaryCrossEntropyWithLogits(logits.SliceRows(drawn.Rows + normal, anomalies), 0),
                "discriminator");
        }

        // Eq. (2), or its non-saturating form.
        Tensor judged = _discriminator.Forward(encoded);
        Tensor ofNormal = judged.SliceRows(0, normal);
        Tensor ofAnomalies = judged.SliceRows(normal, anomalies);
        step.Minimize(_encoderAdam, _options.EncoderLoss == AnoEanEncoderLoss.NonSaturating
            ? BinaryCrossEntropyWithLogits(ofNormal, 1) + BinaryCrossEntropyWithLogits(ofAnomalies, 0)
            : -BinaryCrossEntropyWithLogits(ofNormal, 0) - BinaryCrossEntropyWithLogits(ofAnomalies, 1), "encoder");
    }

    /// <summary>Average precision on the held-out rows, by the moments of the held-out normal ones.</summary>
    private double HeldOutPrecision()
    {
        Calibrate(threads: 1);
        float[] normal = Score(Data.HeldOut, threads: 1);
        float[] anomalies = Score(Data.HeldOutAnomalies, threads: 1);
        bool[] labels = [.. normal.Select(_ => false), .. anomalies.Select(_ => true)];
        return AnomalyMetrics.Evaluate([.. normal, .. anomalies], labels).AveragePrecision;
    }

    /// <summary>Mean and covariance of Eq. (3).</summary>
    protected internal override void Calibrate(int threads)
    {
        SetCodes(RowCodes.MomentsOf(_encoder, _options.LatentDimension, Data.Scaling, Data.HeldOut.Rows, r => Data.HeldOut[r]));
        if (!_encoder.Parameters.Device.AllFinite(_whitening.Parameters.Values))
            throw new TrainingDivergedException("Codes of held-out rows are not finite.");
    }

    /// <inheritdoc/>
    protected internal override long CalibrationLength => GaussianMoments.LengthOf(_options.LatentDimension);

    /// <inheritdoc/>
    protected internal override void SaveCalibration(BinaryWriter writer) => _codes!.Save(writer);

    /// <inheritdoc/>
    protected internal override void LoadCalibration(BinaryReader reader) => _codes = GaussianMoments.Load(reader, _options.LatentDimension);

    /// <summary>Eq. (3): the length of the whitened code.</summary>
    protected internal override Tensor Score(Tensor features) => RowEuclideanNorm(_whitening.Forward(_encoder.Forward(features)));
}
