using System.Globalization;
using System.Security.Cryptography;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>A detector that trains networks: it says which, what the phases of their training are, and how they score.</summary>
public abstract partial class NetworkDetector : Detector
{
    internal const int MaximumRestarts = 2;

    private readonly NetworkDetectorOptions _options;
    private FitCheckpoint? _checkpoint;
    private byte[]? _previous;

    /// <summary>Takes copied and validated options.</summary>
    protected NetworkDetector(NetworkDetectorOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override bool FlattersTrainingRows => true;

    /// <summary>All networks, trained and frozen.</summary>
    public abstract IReadOnlyList<Network> Networks { get; }

    /// <summary>Makes all networks on a device; weights are set afterwards.</summary>
    protected internal abstract void Build(IDevice device);

    /// <summary>The phases of training, in order.</summary>
    /// <param name="rows">Number of training rows.</param>
    /// <param name="batchSize">Rows of a full batch.</param>
    protected internal abstract IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize);

    /// <summary>Scores [rows, 1] of scaled rows [rows, features].</summary>
    protected internal abstract Tensor Score(Tensor features);

    /// <summary>Rows of a full batch where the options leave it open.</summary>
    protected internal virtual int DefaultBatchSize(int rows) => rows < 200_000 ? 128 : 512;

    /// <summary>Learns from <see cref="Detector.Data"/> what scoring needs besides the weights; called when all phases are done.</summary>
    protected internal virtual void Calibrate(int threads)
    {
    }

    private protected override void BeginFrom(Detector? previous)
    {
        _previous = null;
        if (previous is null)
            return;
        _ = previous.Scaling;
        if (previous == this)
            throw new ArgumentException("A detector does not go on from itself: make a new one for it.", nameof(previous));
        if (previous is not NetworkDetector networks || previous.Descriptor != Descriptor)
            throw new ArgumentException($"The model is of {previous.Descriptor.Name}, and {Descriptor.Name} is trained: go on with the same method.", nameof(previous));
        if (previous.Columns != Columns)
            throw new ArgumentException($"The model has {previous.Columns} features, and the rows have {Columns}.", nameof(previous));
        if (previous.Options.InputScaling != _options.InputScaling || previous.Options.Images != _options.Images)
        {
            static string Images(DetectorOptions options) => options.Images is { } images ? $"{images.Shape}{(images.NormalizesContrast ? " of normalised contrast" : "")}" : "none";
            throw new ArgumentException(
                $"The model was trained with {nameof(_options.InputScaling)} {previous.Options.InputScaling} and images {Images(previous.Options)}, " +
                $"and now they are {_options.InputScaling} and {Images(_options)}: both have to be the model's.", nameof(previous));
        }

        if (!CountParameters().SequenceEqual(networks.Networks.Select(network => new NetworkSize(network.Name, network.Parameters.LongCount, network.Parameters.LongBufferCount))))
            throw new ArgumentException("The model's networks have other sizes than the options ask for: give the trainer the same options, those of the model.", nameof(previous));
        _previous = networks.CopyWeights();
    }

    private byte[] CopyWeights()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
            Checkpoint.WriteNetworks(writer, [.. Networks]);
        return stream.ToArray();
    }

    private void SetWeights(byte[] weights) => Checkpoint.ReadNetworks(new BinaryReader(new MemoryStream(weights)), [.. Networks]);

    /// <summary>Makes the networks anew on another device, with the weights that they have.</summary>
    private void MoveTo(IDevice device)
    {
        byte[] weights = CopyWeights();
        Build(device);
        SetWeights(weights);
    }

    private protected override int Prepare(int seed, FeatureMatrix rows, FeatureMatrix? anomalies)
    {
        _checkpoint = FitCheckpoint.Open(_options, Identity(), seed, rows, anomalies);
        return _checkpoint?.Seed ?? seed;
    }

    internal override void End()
    {
        base.End();
        _checkpoint = null;
        _previous = null;
    }

    /// <summary>Method and options, but for those that the weights do not depend on.</summary>
    private string Identity()
    {
        var options = (NetworkDetectorOptions)_options.Clone();
        options.Seed = null;
        options.NumberOfThreads = null;
        options.OutOfRangeWeight = default;
        options.CancellationBehavior = default;
        string on = _options.TrainingDevice is { } device ? $" on {device.Name}" : "";
        string from = _previous is null ? "" : $" from {Convert.ToHexString(SHA256.HashData(_previous))}";
        return Descriptor is null ? GetType().Name : $"{Descriptor.Name} {Columns} {Descriptor.ToJson(options)}{on}{from}";
    }

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        using var gang = new WorkerGang(threads);
        IDevice device = _options.TrainingDevice?.CreateDevice() ?? new CpuDevice(gang);
        using var owned = device as IDisposable;
        for (int attempt = Parts?.Attempt ?? _checkpoint?.Attempt ?? 0; ; attempt++)
        {
            Restarts = attempt;
            try
            {
                bool done = RunPhases(device, DeriveSeed(seed, attempt), attempt);
                ReleaseTraining(device);
                if (device is not CpuDevice)
                    MoveTo(new CpuDevice(gang));
                Calibrate(threads);
                LearnMap();
                float[] scores = CheckedScores(rows, threads);
                if (done)
                    _checkpoint?.Delete(Options.Progress);
                return scores;
            }
            catch (TrainingDivergedException failure) when (Parts is null && attempt < MaximumRestarts)
            {
                new ProgressReporter(Options.Progress).Report(TrainingProgress.Restart(attempt + 1, failure.Message));
            }
            catch (TrainingDivergedException failure) when (attempt == MaximumRestarts)
            {
                _checkpoint?.Delete(Options.Progress);
                throw GivenUp(failure.Message);
            }
        }
    }

    // Only weights are read from now on. Of images the maps of a batch and their gradients take more than all that is measured after: they are to be gone before.
    private void ReleaseTraining(IDevice device)
    {
        (device as CpuDevice)?.Trim();
        foreach (Network network in Networks)
            network.Parameters.ReleaseGradients();
        if (_options.Images is not null)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>The error of a fit that went astray in all of its attempts.</summary>
    internal static TrainingDivergedException GivenUp(string reason) =>
        new($"{reason} Training failed in {MaximumRestarts + 1} runs with different seeds; lower LearningRate or raise BatchSize.");

    /// <summary>Runs all phases; false if it was cancelled and what is trained is to be kept.</summary>
    private bool RunPhases(IDevice device, ulong seed, int attempt, int? part = null)
    {
        bool done = false;
        Initialize(device, seed);
        if (Parts is { } parts)
            return LoadParts(parts);
        if (_previous is not null)
            SetWeights(_previous);
        int rows = Data.Rows;
        int derived = DefaultBatchSize(rows);
        int batchSize = Math.Min(_options.BatchSize ?? _options.Images?.RowsOfBatch(derived) ?? derived, rows);
        var loop = new TrainingLoop(Data, device, seed, batchSize, _options);
        try
        {
            _checkpoint?.Begin(attempt, Networks);
            IReadOnlyList<TrainingPhase> phases = CreatePhases(rows, batchSize);
            (int first, int count) = part is { } only ? PhasesOf(only, phases.Count) : (0, phases.Count);
            loop.Run(phases, attempt, _checkpoint, first, count);
            done = true;
        }
        catch (OperationCanceledException) when (_options.CancellationBehavior == CancellationBehavior.KeepSoFar)
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
        SetScaling(LearnScaling(rows));
        Initialize(new CpuDevice(), seed);
    }
}
