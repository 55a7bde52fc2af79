using System.Globalization;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// An anomaly detector over rows of floats: <see cref="Fit"/> once, then score. A score is a function of the row alone; higher is more
/// anomalous. A fitted detector may be scored from any number of threads.
/// </summary>
public abstract partial class Detector
{
    internal const int MaximumRestarts = 2;
    private const int MostDefaultThreads = 8;

    private InputScaling? _scaling;
    private OutOfRangeGuard? _guard;
    private TrainingData? _data;
    private float[] _trainingScores = [];

    /// <summary>Takes copied and validated options.</summary>
    protected Detector(DetectorOptions options, int columns)
    {
        Options = options;
        Columns = columns;
    }

    /// <summary>Threads that work where nothing else is asked for: one for each processor, at most 8.</summary>
    internal static int DefaultThreads => Math.Min(Environment.ProcessorCount, MostDefaultThreads);

    /// <summary>The method.</summary>
    public DetectorDescriptor Descriptor { get; internal set; } = null!;

    /// <summary>The options it was made with.</summary>
    public DetectorOptions Options { get; }

    /// <summary>Number of features of a row.</summary>
    public int Columns { get; }

    /// <summary>Whether it can score.</summary>
    public bool IsFitted => _scaling is not null;

    /// <summary>Rows with a score above this are anomalies.</summary>
    public float Threshold { get; set; } = float.NaN;

    /// <summary>Scores of the training rows, in their order; empty for a loaded detector.</summary>
    public ReadOnlyMemory<float> TrainingScores => _trainingScores;

    /// <summary>Features that are rescaled before the networks see them; 0 where all training values lay in [0, 1].</summary>
    public int ScaledColumns => _scaling?.ScaledColumns ?? 0;

    /// <summary>The least value of each feature in the training rows.</summary>
    /// <exception cref="InvalidOperationException">The detector is not fitted.</exception>
    public ReadOnlyMemory<float> FeatureMinima => Scaling.Low;

    /// <summary>The greatest value of each feature in the training rows.</summary>
    /// <exception cref="InvalidOperationException">The detector is not fitted.</exception>
    public ReadOnlyMemory<float> FeatureMaxima => Scaling.High;

    /// <summary>How often the last fit began anew because training diverged or collapsed.</summary>
    public int Restarts { get; private set; }

    /// <summary>All networks, trained and frozen.</summary>
    public abstract IReadOnlyList<Network> Networks { get; }

    /// <summary>The rows of the fit that is going on.</summary>
    protected TrainingData Data => _data ?? throw new InvalidOperationException("There are training rows during a fit only.");

    /// <summary>Share of the rows that the method does not train on but keeps to measure itself, in [0, 1).</summary>
    protected internal virtual double HeldOutShare => 0;

    /// <summary>What raises the scores of rows outside the training rows' range; null where nothing does.</summary>
    internal OutOfRangeGuard? Guard => _guard;

    internal InputScaling Scaling => _scaling ?? throw new InvalidOperationException("The detector is not fitted: call Fit or load a model.");

    /// <summary>Makes all networks on a device; weights are set afterwards.</summary>
    protected internal abstract void Build(IDevice device);

    /// <summary>The phases of training, in order.</summary>
    /// <param name="rows">Number of training rows.</param>
    /// <param name="batchSize">Rows of a full batch.</param>
    protected internal abstract IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize);

    /// <summary>Scores [rows, 1] of scaled rows [rows, features].</summary>
    protected internal abstract Tensor Score(Tensor features);

    /// <summary>Trains on rows that are taken to be normal, then sets <see cref="Threshold"/> from their scores.</summary>
    /// <param name="rows">At least two rows of <see cref="Columns"/> features.</param>
    /// <param name="anomalies">Rows known to be anomalies, for a method that uses labels.</param>
    /// <exception cref="NonFiniteFeatureException">A row holds NaN or infinity.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are fewer than two rows, fewer anomalies than the method needs, a checkpoint of another fit, or networks that are too large for
    /// the memory of the process.
    /// </exception>
    /// <exception cref="ArgumentException">The rows have another number of features, anomalies are given to a method that uses none, or <see cref="DetectorOptions.CheckpointPath"/> is a folder.</exception>
    /// <exception cref="TrainingDivergedException">Training diverged or collapsed, also after two restarts.</exception>
    /// <exception cref="FormatException">The file at <see cref="DetectorOptions.CheckpointPath"/> is no checkpoint, truncated or damaged.</exception>
    /// <exception cref="IOException">The folder of <see cref="DetectorOptions.CheckpointPath"/> does not exist or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, and <see cref="CancellationBehavior.Throw"/> is chosen.</exception>
    public void Fit(FeatureMatrix rows, FeatureMatrix? anomalies = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TrainingRows.Validate(rows, anomalies, Columns, Options.LeastAnomalies, Descriptor?.Name ?? GetType().Name);
        RequireMemory();
        InputScaling scaling = InputScaling.Learn(rows, Options.NormalizeInput);
        scaling.RequireVisibleRange();
        int seed = Options.Seed ?? Random.Shared.Next();
        FitCheckpoint? checkpoint = FitCheckpoint.Open(Options, Identity(), seed, rows, anomalies);
        int threads = Options.NumberOfThreads ?? DefaultThreads;
        using var gang = new WorkerGang(threads);
        seed = checkpoint?.Seed ?? seed;
        Begin(TrainingData.Create(rows, anomalies, scaling, HeldOutShare, DeriveSeed(seed, 0)));
        try
        {
            _trainingScores = FitWithRestarts(rows, new CpuDevice(gang), seed, threads, checkpoint);
            _guard = OutOfRangeGuard.Learn(Scaling, _trainingScores, Options.OutOfRangeWeight);
            ChooseThreshold();
        }
        catch
        {
            _scaling = null;
            throw;
        }
        finally
        {
            End();
        }
    }

    private void ChooseThreshold()
    {
        ThresholdRule rule = ThresholdRule.Of(Options);
        Threshold = rule.Choose(_trainingScores);
        if (rule.DescribeTies(_trainingScores, Threshold) is { } warning)
            new ProgressReporter(Options.Progress).Report(TrainingProgress.Done(Restarts, warning));
    }

    /// <summary>Makes the rows of a fit known to the method.</summary>
    internal virtual void Begin(TrainingData data)
    {
        _data = data;
        _scaling = data.Scaling;
        _guard = null;
    }

    /// <summary>Forgets the rows of the fit.</summary>
    internal virtual void End() => _data = null;

    /// <summary>Method and options, but for those that the weights do not depend on.</summary>
    private string Identity()
    {
        DetectorOptions options = Options.Clone();
        options.Seed = null;
        options.NumberOfThreads = null;
        options.OutOfRangeWeight = default;
        options.CancellationBehavior = default;
        return Descriptor is null ? GetType().Name : $"{Descriptor.Name} {Columns} {Descriptor.ToJson(options)}";
    }

    private float[] FitWithRestarts(FeatureMatrix rows, IDevice device, int seed, int threads, FitCheckpoint? checkpoint)
    {
        for (int attempt = checkpoint?.Attempt ?? 0; ; attempt++)
        {
            Restarts = attempt;
            try
            {
                bool done = Train(device, DeriveSeed(seed, attempt), attempt, checkpoint);
                Calibrate(threads);
                float[] scores = CheckedScores(rows, threads);
                if (done)
                    checkpoint?.Delete(Options.Progress);
                return scores;
            }
            catch (TrainingDivergedException failure) when (attempt < MaximumRestarts)
            {
                new ProgressReporter(Options.Progress).Report(TrainingProgress.Restart(attempt + 1, failure.Message));
            }
            catch (TrainingDivergedException failure)
            {
                checkpoint?.Delete(Options.Progress);
                throw new TrainingDivergedException(
                    $"{failure.Message} Training failed in {attempt + 1} runs with different seeds; lower LearningRate or raise BatchSize.");
            }
        }
    }

    /// <summary>Runs all phases; false if it was cancelled and what is trained is to be kept.</summary>
    private bool Train(IDevice device, ulong seed, int attempt, FitCheckpoint? checkpoint)
    {
        bool done = false;
        Initialize(device, seed);
        int rows = Data.Rows;
        int batchSize = Math.Min(Options.BatchSize ?? DefaultBatchSize(rows), rows);
        var loop = new TrainingLoop(Data, device, seed, batchSize, Options);
        try
        {
            checkpoint?.Begin(attempt, Networks);
            loop.Run(CreatePhases(rows, batchSize), attempt, checkpoint);
            done = true;
        }
        catch (OperationCanceledException) when (Options.CancellationBehavior == CancellationBehavior.KeepSoFar)
        {
            // The networks stand as after the last step, and that is what was asked for; but nobody is to take them for trained ones.
            new ProgressReporter(Options.Progress).Report(TrainingProgress.Done(attempt, string.Create(CultureInfo.InvariantCulture,
                $"Training was cancelled after {100 * loop.CancelledAt:F0} % of its steps; the detector keeps what it has learned so far.")));
        }

        foreach (Network network in Networks)
        {
            if (!device.AllFinite(network.Parameters.Values) || !(network.Parameters.Buffers.IsNone || device.AllFinite(network.Parameters.Buffers)))
                throw new TrainingDivergedException($"Weights of the network '{network.Name}' are not finite.");
        }

        return done;
    }

    /// <summary>Rows of a full batch where the options leave it open.</summary>
    protected internal virtual int DefaultBatchSize(int rows) => rows < 200_000 ? 128 : 512;

    /// <summary>Learns from <see cref="Data"/> what scoring needs besides the weights; called when all phases are done.</summary>
    protected internal virtual void Calibrate(int threads)
    {
    }

    /// <summary>Bytes that <see cref="SaveCalibration"/> writes, before the fit as after: a model with fewer is refused.</summary>
    protected internal virtual long CalibrationLength => 0;

    /// <summary>Writes what <see cref="Calibrate"/> learned.</summary>
    protected internal virtual void SaveCalibration(BinaryWriter writer)
    {
    }

    /// <summary>Reads what <see cref="SaveCalibration"/> wrote.</summary>
    protected internal virtual void LoadCalibration(BinaryReader reader)
    {
    }

    /// <summary>Makes the networks and draws their initial weights.</summary>
    internal void Initialize(IDevice device, ulong seed)
    {
        Build(device);
        var noise = new NoiseSource(seed);
        noise.Begin(0);
        foreach (Network network in Networks)
            InitializeNetwork(network, noise);
    }

    /// <summary>Draws the initial weights of one network.</summary>
    protected internal virtual void InitializeNetwork(Network network, NoiseSource noise) => network.Initialize(noise);

    /// <summary>Scales and weights as before the first step: what training has to beat.</summary>
    internal void InitializeUntrained(FeatureMatrix rows, ulong seed)
    {
        _scaling = InputScaling.Learn(rows, Options.NormalizeInput);
        Initialize(new CpuDevice(), seed);
    }

    internal static ulong DeriveSeed(int seed, int attempt) => (uint)seed | ((ulong)attempt << 32);

    private float[] CheckedScores(FeatureMatrix rows, int threads)
    {
        float[] scores = Score(rows, threads);
        float low = scores.Min();
        float high = scores.Max();
        if (!float.IsFinite(low) || !float.IsFinite(high))
            throw new TrainingDivergedException("Scores of training rows are not finite.");
        bool distinctRows = false;
        for (int r = 1; r < rows.Rows && !distinctRows; r++)
            distinctRows = !rows[r].SequenceEqual(rows[0]);
        if (distinctRows && high - low <= 1e-6f * Math.Max(Math.Abs(low), Math.Abs(high)))
            throw new TrainingDivergedException($"All training rows have nearly the same score ({low} to {high}).");
        return scores;
    }
}
