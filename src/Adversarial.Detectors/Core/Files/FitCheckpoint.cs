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

    private static readonly FramedContent _frame = new("ADVFITCK", FormatVersion, "checkpoint", "the checkpoint of a fit");

    private readonly string _path;
    private readonly byte[] _fit;
    private IReadOnlyList<Network> _networks = [];
    private BinaryReader? _found;

    private FitCheckpoint(string path, byte[] fit) => (_path, _fit) = (path, fit);

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
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    public static FitCheckpoint? Open(DetectorOptions options, string method, int seed, params ReadOnlySpan<FeatureMatrix?> rows)
    {
        if (options.CheckpointPath is not { } path)
            return null;
        path = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new DirectoryNotFoundException($"The folder of option {nameof(DetectorOptions.CheckpointPath)}, '{path}', does not exist: create it.");
        var checkpoint = new FitCheckpoint(path, Identify(method, rows)) { Seed = seed };
        if (File.Exists(path))
            checkpoint.Find(options.Seed);
        return checkpoint;
    }

    private static byte[] Identify(string method, ReadOnlySpan<FeatureMatrix?> kinds)
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

    private void Find(int? asked)
    {
        byte[] content;
        using (FileStream stream = File.OpenRead(_path))
            content = _frame.Read(stream);
        var reader = new BinaryReader(new MemoryStream(content));
        string remedy = $"Give option {nameof(DetectorOptions.CheckpointPath)} another file, or delete '{_path}'.";
        if (!reader.ReadBytes(_fit.Length).AsSpan().SequenceEqual(_fit))
            throw new InvalidOperationException($"The checkpoint is of a fit with another method, other options or other rows. {remedy}");
        Seed = reader.ReadInt32();
        if (asked is { } seed && seed != Seed)
            throw new InvalidOperationException($"The checkpoint is of a fit with the seed {Seed}, not {seed}. Set option Seed to {Seed} to resume it. {remedy}");
        Attempt = reader.ReadInt32();
        _found = reader;
    }

    /// <summary>An attempt begins with new networks.</summary>
    public void Begin(int attempt, IReadOnlyList<Network> networks) => (Attempt, _networks) = (attempt, networks);

    /// <summary>Puts the networks back as found and gives the place where training is to go on; the very start where nothing was found.</summary>
    public TrainingPosition ResumeNetworks()
    {
        if (_found is not { } reader)
            return default;
        TrainingPosition position = TrainingPosition.Read(reader);
        Checkpoint.ReadNetworks(reader, [.. _networks]);
        return position;
    }

    /// <summary>Puts the state of the phase that goes on back as found.</summary>
    public void ResumePhase(TrainingPhase phase, BestWeights? best)
    {
        if (_found is not { } reader)
            return;
        foreach (Adam optimizer in phase.Optimizers)
            Checkpoint.ReadOptimizer(reader, optimizer);
        foreach (ExponentialAverage average in phase.Averages)
            Checkpoint.ReadAverage(reader, average);
        best?.Load(reader);
        _found = null;
    }

    /// <summary>Writes the file anew. It is whole at any time: the former one stays until the new one is complete.</summary>
    public void Save(in TrainingPosition position, TrainingPhase phase, BestWeights? best)
    {
        TrainingPosition at = position;
        string unfinished = _path + ".unfinished";
        using (FileStream stream = File.Create(unfinished))
        {
            _frame.Write(stream, writer =>
            {
                writer.Write(_fit);
                writer.Write(Seed);
                writer.Write(Attempt);
                at.Write(writer);
                Checkpoint.WriteNetworks(writer, [.. _networks]);
                foreach (Adam optimizer in phase.Optimizers)
                    Checkpoint.WriteOptimizer(writer, optimizer);
                foreach (ExponentialAverage average in phase.Averages)
                    Checkpoint.WriteAverage(writer, average);
                best?.Save(writer);
            });
        }

        File.Move(unfinished, _path, overwrite: true);
    }

    /// <summary>The fit is done, or has failed for good.</summary>
    public void Delete() => File.Delete(_path);
}
