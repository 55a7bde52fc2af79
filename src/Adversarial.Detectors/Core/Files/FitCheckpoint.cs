using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// The file in which a fit keeps its state, so that a later fit of the same rows with the same options goes on there and ends with the very
/// model that an uninterrupted one gives. It holds the weights of all networks and, of the phase that goes on, optimisers, averages and best
/// weights.
/// </summary>
internal sealed class FitCheckpoint
{
    private const int FormatVersion = 1;

    // Of one optimiser in one step; the methods' options allow no more.
    private const long MostUpdatesOfAStep = 1000;

    private static readonly FramedContent _frame = new("ADVFITCK", FormatVersion, "checkpoint", "the checkpoint of a fit");

    private readonly string _path;
    private readonly byte[] _fit;
    private IReadOnlyList<Network> _networks = [];
    private BinaryReader? _found;
    private TrainingPosition _at;
    private long _stepsDone;

    private FitCheckpoint(string path, byte[] fit) => (_path, _fit) = (path, fit);

    private string Remedy => $"Delete '{_path}' to begin anew, or give option {nameof(NetworkDetectorOptions.CheckpointPath)} another file.";

    /// <summary>Seed of the fit; where a checkpoint was found, its seed.</summary>
    public int Seed { get; private set; }

    /// <summary>The attempt that goes on; where a checkpoint was found, its attempt.</summary>
    public int Attempt { get; private set; }

    /// <summary>Opens the checkpoint of a fit, found or not yet there; null where the options name none.</summary>
    /// <param name="options">Options of the fit.</param>
    /// <param name="method">Method and options, without the seed.</param>
    /// <param name="seed">Seed of the fit if there is no checkpoint.</param>
    /// <param name="rows">Rows of the fit, one kind after another.</param>
    /// <exception cref="FormatException">The file is no checkpoint, truncated or damaged.</exception>
    /// <exception cref="InvalidOperationException">The file is the checkpoint of another fit.</exception>
    /// <exception cref="ArgumentException">The path is that of a folder.</exception>
    /// <exception cref="IOException">The file's folder does not exist or cannot be written.</exception>
    public static FitCheckpoint? Open(NetworkDetectorOptions options, string method, int seed, params ReadOnlySpan<FeatureMatrix?> rows)
    {
        if (options.CheckpointPath is not { } path)
            return null;
        path = CheckpointPlace.Require(path);
        var checkpoint = new FitCheckpoint(path, Identify(method, rows)) { Seed = seed };
        if (File.Exists(path))
            checkpoint.Find(options.Seed);
        return checkpoint;
    }

    /// <summary>What stands for settings and rows.</summary>
    public static byte[] Identify(string method, params ReadOnlySpan<FeatureMatrix?> kinds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(method));
        foreach (FeatureMatrix? rows in kinds)
        {
            hash.AppendData(BitConverter.GetBytes(rows?.Rows ?? -1));
            for (int r = 0; r < rows?.Rows; r++)
                hash.AppendData(MemoryMarshal.AsBytes(rows[r]));
        }

        return hash.GetHashAndReset();
    }

    private void Find(int? asked) => Checked(() =>
    {
        byte[] content;
        using (FileStream stream = File.OpenRead(_path))
            content = _frame.Read(stream, out _);
        var reader = new BinaryReader(new MemoryStream(content));
        if (!reader.ReadBytes(_fit.Length).AsSpan().SequenceEqual(_fit))
            throw new InvalidOperationException($"The checkpoint is of a fit with another method, other options or other rows. {Remedy}");
        Seed = reader.ReadInt32();
        if (asked is { } seed && seed != Seed)
            throw new InvalidOperationException($"The checkpoint is of a fit with the seed {Seed}, not {seed}. Set option Seed to {Seed} to resume it. {Remedy}");
        Attempt = ContentReading.Require(reader.ReadInt32(), value => value is >= 0 and <= NetworkDetector.MaximumRestarts, "The attempt", "one that a fit makes");
        _found = reader;
    });

    // A checkpoint that is damaged behind its checksum, or by a false one, is refused with the way out.
    private void Checked(Action read)
    {
        try
        {
            read();
        }
        catch (Exception failure) when (failure is FormatException or EndOfStreamException || (failure is IOException && _found is not null))
        {
            string why = failure is FormatException ? failure.Message : $"The checkpoint ends early or is damaged: {failure.Message}";
            throw new FormatException($"{why} {Remedy}", failure);
        }
    }

    /// <summary>An attempt begins with new networks.</summary>
    public void Begin(int attempt, IReadOnlyList<Network> networks) => (Attempt, _networks) = (attempt, networks);

    /// <summary>Puts the networks back as found and gives the place where training is to go on; the very start where nothing was found.</summary>
    /// <param name="stepsDone">Steps that a phase has done at a place, or null where training never stands at such a place.</param>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public TrainingPosition ResumeNetworks(Func<TrainingPosition, long?> stepsDone)
    {
        if (_found is not { } reader)
            return default;
        Checked(() =>
        {
            _at = TrainingPosition.Read(reader);
            _stepsDone = stepsDone(_at) ?? throw new FormatException($"No training of these rows with these options comes to {_at}.");
            Checkpoint.ReadNetworks(reader, [.. _networks]);
        });
        return _at;
    }

    /// <summary>Puts the state of the phase that goes on back as found.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public void ResumePhase(TrainingPhase phase, BestWeights? best)
    {
        if (_found is not { } reader)
            return;
        Checked(() =>
        {
            foreach (Optimizer optimizer in phase.Optimizers)
            {
                Checkpoint.ReadOptimizer(reader, optimizer);
                ContentReading.Require(optimizer.Step, value => value <= MostUpdatesOfAStep * _at.Step, "The number of updates", $"one that {_at.Step} steps make");
            }

            foreach (ExponentialAverage average in phase.Averages)
            {
                Checkpoint.ReadAverage(reader, average);
                ContentReading.Require(average.Step, value => value >= _stepsDone && value <= _at.Step, "The number of averaged steps", $"{_stepsDone} to {_at.Step}");
            }

            best?.Load(reader);
            reader.RequireEnd("checkpoint");
        });
        _found = null;
    }

    /// <summary>Writes the file anew. It is whole at any time: the former one stays until the new one is complete.</summary>
    public void Save(in TrainingPosition position, TrainingPhase phase, BestWeights? best)
    {
        TrainingPosition at = position;
        AtomicFile.Write(_path, stream => _frame.Write(stream, writer =>
        {
            writer.Write(_fit);
            writer.Write(Seed);
            writer.Write(Attempt);
            at.Write(writer);
            Checkpoint.WriteNetworks(writer, [.. _networks]);
            foreach (Optimizer optimizer in phase.Optimizers)
                Checkpoint.WriteOptimizer(writer, optimizer);
            foreach (ExponentialAverage average in phase.Averages)
                Checkpoint.WriteAverage(writer, average);
            best?.Save(writer);
        }));
    }

    /// <summary>The fit is done, or has failed for good. A file that stays is a warning to <paramref name="progress"/>, no reason to lose the fit.</summary>
    public void Delete(IProgress<TrainingProgress>? progress)
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            new ProgressReporter(progress).Report(TrainingProgress.Done(Attempt, $"The checkpoint '{_path}' was not deleted: {failure.Message}"));
        }
    }
}
