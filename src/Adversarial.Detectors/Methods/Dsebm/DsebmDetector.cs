using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// DSEBM, a deep structured energy-based model (Zhai, Cheng, Lu and Zhang 2016). A network gives each row an energy; by denoising score matching it
/// learns to be low where rows are: a row less the energy's gradient is to be the row without noise. The score is the energy (DSEBM-e) or the
/// length of its gradient, which is the reconstruction error (DSEBM-r).
/// </summary>
/// <remarks>It fails where the energy is little more than the distance from the mean, and the gradient on rows that lie at a maximum of the energy.</remarks>
public sealed class DsebmDetector : NetworkDetector
{
    private const int MostWidthOfFirst = 128;
    private const int MostWidthOfSecond = 512;
    private const int MostColumnsOfNarrow = 60;
    private const int WantedSteps = 3000;
    private const int LeastSteps = 500;

    private readonly DsebmOptions _options;
    private EnergyNetwork _energy = null!;
    private Adam _adam = null!;

    /// <summary>The registration of the energy as score.</summary>
    internal static readonly DetectorDescriptor EnergyDescription = DetectorDescriptor.Of(
        Card("DSEBM-e", "The energy may be little more than the distance from the mean of the training rows"),
        (options, columns) => new DsebmDetector(options, columns),
        DsebmOptionsJson.Default.DsebmEnergyOptions);

    /// <summary>The registration of the reconstruction error as score.</summary>
    internal static readonly DetectorDescriptor ReconstructionDescription = DetectorDescriptor.Of(
        Card("DSEBM-r", "Rows where the energy is flat although it is high: they are given back as they are"),
        (options, columns) => new DsebmDetector(options, columns),
        DsebmOptionsJson.Default.DsebmReconstructionOptions);

    internal DsebmDetector(DsebmOptions options, int columns)
        : base(options, columns) => _options = options;

    private static DetectorCard Card(string name, string knownFailure) => new()
    {
        Name = name,
        Paper = "Deep Structured Energy Based Models for Anomaly Detection",
        Year = 2016,
        Reference = "arXiv:1605.07717",
        Task = "One-class anomaly detection in tables",
        Labels = LabelUse.None,
        Scaling = "Standardised features, which the default InputScaling gives",
        Complexity = "A step costs 6 times, a score once (energy) or twice (reconstruction) the weights for each row",
        KnownFailure = knownFailure,
        Readme = "src/Adversarial.Detectors/Methods/Dsebm/README.md",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Network> Networks => [_energy];

    /// <inheritdoc/>
    protected internal override void Build(IDevice device) => _energy = new EnergyNetwork(device, Columns, _options.LayerSizes ?? SizesOf(Columns));

    internal static int[] SizesOf(int columns) => columns > MostColumnsOfNarrow
        ? [MostWidthOfFirst, MostWidthOfSecond]
        : [Math.Min(2 * columns, MostWidthOfFirst), Math.Min(4 * columns, MostWidthOfSecond)];

    /// <summary>Glorot's weights; the offset starts at the mean of the training rows.</summary>
    protected internal override void InitializeNetwork(Network network, NoiseSource noise)
    {
        network.Initialize(noise);
        if (!IsFitted)
            return;
        var mean = new float[Columns];
        Scaling.Apply(Scaling.Mean.Span, mean);
        _energy.Offset = mean;
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        _adam = new Adam(new AdamSettings(_options.LearningRate, Epsilon: 1e-8f), _energy);

        // Multiply-adds of a step: forward goes through the weights there and back, backward twice as often.
        double budget = WorkBudget.Of(rows, Columns) / _options.EnsembleSize, workOfStep = 6.0 * batchSize * _energy.Parameters.Count;
        int steps = WorkBudget.Steps(WantedSteps, LeastSteps, budget, workOfStep);
        int epochs = _options.NumberOfEpochs ?? (int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize));
        return [new TrainingPhase("energy", epochs, Step, _adam)];
    }

    /// <summary>One update of denoising score matching: x less the gradient at x with noise is to be x (Vincent 2011).</summary>
    private void Step(TrainingStep step)
    {
        Tensor x = step.Features;
        float deviation = _options.NoiseDeviation ?? 0.5f * FeatureSpace.Of(_options.InputScaling).Unit;
        Tensor seen = x + step.Normal(step.Rows, Columns, deviation: deviation);
        step.Minimize(_adam, MeanSquaredError(_energy.Denoise(seen), x), "denoising");
    }

    internal override Func<Tensor, Tensor> Reconstruction => features => _energy.Denoise(features);

    /// <summary>E(x), or |x - f(x)|, the length of its gradient.</summary>
    protected internal override Tensor Score(Tensor features) => _options.ScoresByEnergy ? _energy.Energy(features) : RowEuclideanDistance(features, _energy.Denoise(features));
}
