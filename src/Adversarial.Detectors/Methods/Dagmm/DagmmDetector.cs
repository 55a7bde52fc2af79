using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// DAGMM, a deep autoencoding Gaussian mixture model (Zong et al. 2018). A narrow autoencoder makes a code of one or two numbers, its error adds two
/// more, and a second network tells to which of some Gaussians such a point belongs; all are trained together. The score is the energy of a
/// row's point: the negative logarithm of its density under the Gaussians of all training rows.
/// </summary>
/// <remarks>It fails where the code shrinks or the Gaussians fall together: results differ much from seed to seed.</remarks>
public sealed class DagmmDetector : NetworkDetector
{
    private const int MostRowsOfABatch = 1024;

    // A component of fewer rows says little of its covariance.
    private const double LeastShareOfAComponent = 1e-3;
    private const float NoWeight = -1e30f;

    // Multiply-adds that the mixture takes as long as, for each row and component.
    private const double WorkOfMixture = 16_000;

    private readonly DagmmOptions _options;
    private readonly DagmmSizes _sizes;
    private readonly ColumnGroups _memberships;
    private Mlp _encoder = null!;
    private Mlp _decoder = null!;
    private Mlp _estimation = null!;
    private Adam _adam = null!;
    private Matrix _mixture;
    private float[]? _learned;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "DAGMM",
            Paper = "Deep Autoencoding Gaussian Mixture Model for Unsupervised Anomaly Detection",
            Year = 2018,
            Reference = "ICLR 2018",
            Task = "One-class anomaly detection in tables",
            Labels = LabelUse.None,
            Scaling = "Features in [0, 1], which the default InputScaling gives",
            Complexity = "A step costs 3 times, a score once the weights for each row, and the components times the square of the code's width",
            KnownFailure = "Codes that shrink and Gaussians that fall together; results differ much from seed to seed",
            Readme = "src/Adversarial.Detectors/Methods/Dagmm/README.md",
        },
        (options, columns) => new DagmmDetector(options, columns),
        DagmmOptionsJson.Default.DagmmOptions);

    internal DagmmDetector(DagmmOptions options, int columns)
        : base(options, columns)
    {
        _options = options;
        _sizes = DagmmSizes.Of(options, columns);
        _memberships = new ColumnGroups(_sizes.Components, (0, _sizes.Components));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_encoder, _decoder, _estimation];

    /// <inheritdoc/>
    protected internal override int DefaultBatchSize(int rows) => MostRowsOfABatch;

    /// <inheritdoc/>
    protected internal override void Build(IDevice device)
    {
        _encoder = new Mlp(device, "encoder", Columns, _sizes.Encoder, _sizes.Latent, Activation.Tanh, Activation.Identity);
        _decoder = new Mlp(device, "decoder", _sizes.Latent, _sizes.Decoder, Columns, Activation.Tanh, Activation.Identity);
        _estimation = new Mlp(device, "estimation", _sizes.Dimension, _sizes.Estimation, _sizes.Components, Activation.Tanh, Activation.Identity,
            _options.DropoutRate);
        _mixture = new Matrix(device.Allocate(_sizes.Components * _sizes.ComponentWidth), 0, _sizes.Components, _sizes.ComponentWidth, _sizes.ComponentWidth);
        device.Upload(_learned ?? StandardNormal(), _mixture);
    }

    // What stands for the mixture until it is learned.
    private float[] StandardNormal()
    {
        var mixture = new float[_sizes.Components * _sizes.ComponentWidth];
        for (int k = 0; k < _sizes.Components; k++)
        {
            mixture[k * _sizes.ComponentWidth] = k == 0 ? 0 : NoWeight;
            for (int i = 0; i < _sizes.Dimension; i++)
                mixture[k * _sizes.ComponentWidth + 1 + _sizes.Dimension + i * (_sizes.Dimension + 1)] = 1;
        }

        return mixture;
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        double weights = 3.0 * (_encoder.Parameters.Count + _decoder.Parameters.Count + _estimation.Parameters.Count);
        (int steps, float rate) = DagmmSizes.Schedule(WorkBudget.Of(rows, Columns) / _options.EnsembleSize,
            batchSize * (weights + WorkOfMixture * _sizes.Components));
        _adam = new Adam(new AdamSettings(_options.LearningRate ?? rate, Epsilon: 1e-8f), _encoder, _decoder, _estimation);
        int epochs = _options.NumberOfEpochs ?? (int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize));
        return [new TrainingPhase("joint training", epochs, Step, _adam)];
    }

    /// <summary>One update by Eq. (8): reconstruction, energy and what keeps variances from vanishing.</summary>
    private void Step(TrainingStep step)
    {
        Tensor x = step.Features, xHat, z = Compress(x, out xHat);
        Tensor gamma = Memberships(z, step.Noise);
        Tensor reconstruction = Columns * MeanSquaredError(xHat, x);
        Tensor mixture = MixtureEnergy(z, gamma, _options.Regularization);
        Tensor energy = mixture.SliceColumns(0, 1), penalty = mixture.SliceColumns(1, 1);
        step.Report(reconstruction, "reconstruction");
        step.Report(energy, "energy");
        step.Minimize(_adam, reconstruction + (_options.EnergyWeight * energy + _options.SingularityWeight * penalty), "total");
    }

    /// <summary>Eq. (1) to (3): the code and, beside it, relative distance and cosine of row and reconstruction.</summary>
    private Tensor Compress(Tensor x, out Tensor xHat)
    {
        Tensor code = _encoder.Forward(x);
        xHat = _decoder.Forward(code);
        return ConcatenateColumns(code, ReconstructionFeatures(x, xHat));
    }

    /// <summary>Eq. (4): the softmax of the estimation network.</summary>
    private Tensor Memberships(Tensor z, NoiseSource? noise = null) => Categories(_estimation.Forward(z, noise), _memberships);

    /// <summary>Eq. (5) over all training rows, without dropout.</summary>
    protected internal override void Calibrate(int threads)
    {
        int width = _sizes.Dimension + _sizes.Components;
        float[] points = RowCodes.ColumnOf(PointsAndMemberships, Columns, _encoder.Parameters.Device, Data.Scaling, Data.Rows, Data.TrainingRow);
        _learned = new float[_sizes.Components * _sizes.ComponentWidth];
        Numerics.MixtureEnergy.Learn<float>(points, width, points.AsSpan(_sizes.Dimension), width, Data.Rows, _sizes.Dimension, _sizes.Components,
            _options.Regularization, LeastShareOfAComponent, _learned);
        if (!Array.TrueForAll(_learned, float.IsFinite))
            throw new TrainingDivergedException("The mixture of the training rows is not finite.");
        _encoder.Parameters.Device.Upload(_learned, _mixture);
    }

    private Tensor PointsAndMemberships(Tensor rows)
    {
        Tensor z = Compress(rows, out _);
        return ConcatenateColumns(z, Memberships(z));
    }

    /// <inheritdoc/>
    protected internal override long CalibrationLength => sizeof(float) * (long)_sizes.Components * _sizes.ComponentWidth;

    /// <inheritdoc/>
    protected internal override void SaveCalibration(BinaryWriter writer)
    {
        foreach (float value in _learned!)
            writer.Write(value);
    }

    /// <inheritdoc/>
    protected internal override void LoadCalibration(BinaryReader reader)
    {
        reader.RequireBytes(CalibrationLength, "The mixture");
        _learned = new float[_sizes.Components * _sizes.ComponentWidth];
        for (int i = 0; i < _learned.Length; i++)
            _learned[i] = reader.ReadFinite("A number of the mixture");
    }

    internal override Func<Tensor, Tensor> Reconstruction => features => _decoder.Forward(_encoder.Forward(features));

    /// <summary>Eq. (6): the energy of the row's point.</summary>
    protected internal override Tensor Score(Tensor features) => RowMixtureEnergy(Compress(features, out _), _mixture);
}
