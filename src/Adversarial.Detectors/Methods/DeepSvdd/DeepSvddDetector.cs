using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// Deep SVDD (Ruff et al. 2018): a network without biases maps normal rows close to a fixed centre; its first weights are an autoencoder's encoder. The
/// score is the squared distance of a row's code from the centre, less the squared radius where a soft boundary was learned.
/// </summary>
/// <remarks>It fails where the map collapses: what tells anomalies is then mapped to the centre like everything else.</remarks>
public sealed class DeepSvddDetector : NetworkDetector
{
    private const int RowsOfABatch = 200;
    private const int WantedSteps = 2000;
    private const int LeastSteps = 300;
    private const float BatchNormEpsilon = 1e-4f;

    // After a third of the epochs the authors "fine-tune" with a tenth of the learning rate.
    private const double SearchShare = 1.0 / 3;
    private const float FineTuning = 0.1f;

    private readonly DeepSvddOptions _options;
    private readonly DeepSvddSizes _sizes;
    private RowNetwork _encoder = null!;
    private RowNetwork _decoder = null!;
    private Hypersphere _sphere = null!;
    private LinearMap _sum = null!;
    private Adam _reconstructionAdam = null!;
    private Adam _sphereAdam = null!;
    private float[] _distances = [];
    private bool _isPlaced;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Deep SVDD",
            Paper = "Deep One-Class Classification",
            Year = 2018,
            Reference = "ICML 2018",
            Task = "One-class anomaly detection in tables and images",
            Labels = LabelUse.None,
            Scaling = "Standardised features, which the default InputScaling gives",
            Complexity = "A step costs 3 times, a score once the weights of the encoder for each row and member; pretraining twice that",
            KnownFailure = "A map that collapses: distances from the centre tell less the longer it is trained, and may never have told what makes an anomaly",
            Readme = "src/Adversarial.Detectors/Methods/DeepSvdd/README.md",
        },
        (options, columns) => new DeepSvddDetector(options, columns),
        DeepSvddOptionsJson.Default.DeepSvddOptions,
        ("Soft boundary", () => new DeepSvddOptions { Objective = DeepSvddObjective.SoftBoundary }),
        ("Without pretraining", () => new DeepSvddOptions { NumberOfPretrainingEpochs = 0 }));

    internal DeepSvddDetector(DeepSvddOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = DeepSvddSizes.Of(options, columns);
    }

    private bool IsPretrained => _options.NumberOfPretrainingEpochs != 0;

    private bool IsSoft => _options.Objective == DeepSvddObjective.SoftBoundary;

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => IsPretrained ? [_encoder, _decoder, _sphere] : [_encoder, _sphere];

    /// <inheritdoc/>
    protected internal override int DefaultBatchSize(int rows) => RowsOfABatch;

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        Activation leaky = Activation.LeakyRelu(_options.LeakyReluSlope);

        // Proposition 2: a bias, or a trained shift, can give the centre whatever the row is.
        var batchNorm = new BatchNormSettings(Epsilon: BatchNormEpsilon) { IsAffine = false };
        Activation output = FeatureSpace.Of(_options.Scaling).IsBounded ? Activation.Sigmoid : Activation.Identity;
        Mlp Make(string name, int inputs, int[] hidden, int outputs, Activation last) => new(device, name, inputs,
            [
                .. hidden.Select(width => new LayerSpec(width, leaky, Normalization.Batch)),
                new LayerSpec(outputs, last) { WithoutBias = true },
            ],
            batchNorm);

        if (_options.ImageShape is { } shape)
        {
            PoolingNetworks images = PoolingNetworks.Of(shape, _options.EncoderLayerSizes, _options.LatentDimension, leaky);
            _encoder = new ConvolutionalNetwork(device, "encoder", images.Input, images.Encoder(withoutBias: true), batchNorm);
            _decoder = new ConvolutionalNetwork(device, "decoder", new MapShape(1, 1, images.Latent), images.Decoder(output, withoutBias: true), batchNorm);
        }
        else
        {
            _encoder = Make("encoder", Columns, _sizes.Encoder, _sizes.Latent, Activation.Identity);
            _decoder = Make("decoder", _sizes.Latent, _sizes.Decoder, Columns, output);
        }

        _sphere = new Hypersphere(device, _encoder.Outputs);
        _sum = new LinearMap(device, _encoder.Outputs, 1);
        _sum.Set(([.. Enumerable.Repeat(1f, _encoder.Outputs)], [0]));
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _isPlaced = false;
        _distances = new float[batchSize];
        _reconstructionAdam = new Adam(new AdamSettings(_options.PretrainingLearningRate, Epsilon: 1e-8f), _encoder, _decoder) { WeightDecay = _options.WeightDecay };
        _sphereAdam = new Adam(new AdamSettings(_options.LearningRate, Epsilon: 1e-8f), _encoder) { WeightDecay = _options.WeightDecay };
        double budget = WorkBudget.Of(rows, Columns) / _options.EnsembleSize;

        // Multiply-adds of a step: forward is one pass, backward two. The autoencoder's are about twice the sphere's.
        double workOfStep = 3.0 * batchSize * WorkBudget.OfRow(_encoder);
        int steps = WorkBudget.Steps(WantedSteps, LeastSteps, budget / 3, workOfStep);
        int epochs = WorkBudget.Epochs(steps, rows, batchSize);
        var sphere = new TrainingPhase("sphere", _options.NumberOfEpochs ?? epochs, StepSphere, _sphereAdam);
        return IsPretrained
            ? [new TrainingPhase("autoencoder", _options.NumberOfPretrainingEpochs ?? epochs, StepAutoencoder, _reconstructionAdam), sphere]
            : [sphere];
    }

    private static void SetRate(TrainingStep step, Adam adam, float rate) =>
        adam.Settings = adam.Settings with { LearningRate = step.Progress < SearchShare ? rate : FineTuning * rate };

    /// <summary>Section 3.3: the autoencoder whose encoder the sphere begins with.</summary>
    private void StepAutoencoder(TrainingStep step)
    {
        SetRate(step, _reconstructionAdam, _options.PretrainingLearningRate);
        Tensor x = step.Features;
        Tensor xHat = _decoder.Forward(_encoder.Forward(x, step.Noise), step.Noise);
        step.Minimize(_reconstructionAdam, Columns * MeanSquaredError(xHat, x), "reconstruction");
    }

    /// <summary>Eq. (4), or (3) with a radius that follows a quantile of the batch's distances. The decays are the optimiser's.</summary>
    private void StepSphere(TrainingStep step)
    {
        if (step.Index == 0 && !_isPlaced)
        {
            _sphere.Place(_encoder, step.Data);
            _isPlaced = true;
        }

        SetRate(step, _sphereAdam, _options.LearningRate);
        Tensor offset = _encoder.Forward(step.Features, step.Noise) - TensorRows.Repeat(step.Tape, _sphere.Center, step.Rows);
        if (!IsSoft)
        {
            step.Minimize(_sphereAdam, _encoder.Outputs * MeanSquare(offset), "distance");
            return;
        }

        Tensor distances = _sum.Forward(offset * offset);
        float squaredRadius = _sphere.SquaredRadius;
        step.Minimize(_sphereAdam, Affine(Mean(Relu(Affine(distances, 1, -squaredRadius))), (float)(1 / _options.Nu), squaredRadius), "boundary");
        if (step.Progress < _options.WarmUpShare)
            return;
        Span<float> ofRows = _distances.AsSpan(0, step.Rows);
        step.Tape.Device.Download(distances.Value, ofRows);
        _sphere.SetRadius(ofRows, 1 - _options.Nu);
    }

    /// <summary>A training that was cancelled before the sphere's has no centre yet.</summary>
    protected internal override void Calibrate(int threads)
    {
        if (!_sphere.IsPlaced)
            _sphere.Place(_encoder, Data);
    }

    /// <summary>Section 3.3: the squared distance from the centre, less the squared radius of a soft boundary.</summary>
    protected internal override Tensor Score(Tensor features)
    {
        Tensor distance = RowEuclideanDistance(_encoder.Forward(features), TensorRows.Repeat(features.Tape, _sphere.Center, features.Rows));
        if (!IsSoft)
            return distance * distance;
        Tensor radius = TensorRows.Repeat(features.Tape, _sphere.Radius, features.Rows);
        return distance * distance - radius * radius;
    }
}
