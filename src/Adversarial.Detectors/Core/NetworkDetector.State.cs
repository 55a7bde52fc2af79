using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>What a model file keeps of networks, the sizes that can be known without it, and rows that networks generate.</content>
public abstract partial class NetworkDetector
{
    // Every block of rows fetches the weights anew: where they are too many for the nearer caches, more rows are to share that.
    private const int ManyWeights = 1 << 19;

    internal override int BlockRows => _options.Images is { } image ? image.BlockRows
        : Networks.Max(network => network.Parameters.Count) < ManyWeights ? 512 : 1024;

    internal override BlockScorer CreateBlockScorer() => new NetworkBlockScorer(this);

    /// <summary>Bytes that <see cref="Detector.SaveCalibration"/> writes, before the fit as after: a model with fewer is refused.</summary>
    protected internal virtual long CalibrationLength => 0;

    internal override long LeastModelLength => CalibrationLength + MapLength + CountParameters().Sum(network => network.StoredLength);

    private protected override void SaveModel(BinaryWriter writer) => Checkpoint.WriteNetworks(writer, [.. Networks]);

    private protected override void LoadModel(BinaryReader reader, float[] probes)
    {
        Build(new CpuDevice());
        Checkpoint.ReadNetworks(reader, [.. Networks]);
        RequireSound(probes);
    }

    /// <summary>
    /// Makes the networks, whose memory is taken at their first use, and gives their sizes: whatever they are, this takes next to nothing.
    /// The networks that were there before are gone.
    /// </summary>
    internal IReadOnlyList<NetworkSize> CountParameters()
    {
        Build(new CpuDevice());
        return [.. Networks.Select(network => new NetworkSize(network.Name, network.Parameters.LongCount, network.Parameters.LongBufferCount))];
    }

    // A detector that is fitted has shown it already, and would lose its networks.
    private protected override void RequireMemory(int rows)
    {
        if (!IsFitted)
            TrainingMemory.Require(CountParameters(), Columns, Descriptor?.SizeOptions ?? [], GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    // Weights that are all finite may still be such that no row has a score; no fit ends so.
    private void RequireSound(float[] probes)
    {
        var device = new CpuDevice();
        var tape = new Tape(device, recording: false);
        Tensor rows = tape.Constant(probes, ProbedRows, Columns);
        if (!device.AllFinite(Score(rows).Value))
            throw new FormatException("The model is damaged: rows in the range of its training rows get no finite score.");
        if (Generate(tape, new NoiseSource(0), ProbedRows) is { } generated && !device.AllFinite(generated.Value))
            throw new FormatException("The model is damaged: the rows that it generates are not finite.");
    }

    /// <summary>Scaled rows [rows, features] that stand for anomalies, or null where the method makes none.</summary>
    protected internal virtual Tensor? Generate(Tape tape, NoiseSource noise, int rows) => null;

    /// <summary>Gives back scaled rows [rows, features]; null where the method reconstructs none.</summary>
    internal virtual Func<Tensor, Tensor>? Reconstruction => null;

    /// <summary>
    /// Gives the lengths [rows, 1] of the residuals of the method's own reconstruction; null where it has none. It is what its score has to beat.
    /// </summary>
    internal virtual Func<Tensor, Tensor>? OwnResidual =>
        Reconstruction is { } reconstruct ? features => Functions.RowEuclideanDistance(features, reconstruct(features)) : null;

    /// <summary>The same of many rows, without the guard.</summary>
    internal float[]? ResidualsOf(FeatureMatrix rows) =>
        OwnResidual is { } residual ? RowCodes.ColumnOf(residual, Columns, Networks[0].Parameters.Device, Scaling, rows.Rows, r => rows[r]) : null;

    private protected override float[]? GenerateScaled(int seed, int block, int rows)
    {
        var tape = new Tape(new CpuDevice(), recording: false);
        var noise = new NoiseSource((uint)seed);
        noise.Begin(block);
        return Generate(tape, noise, rows)?.ToArray();
    }
}

/// <summary>How large a network is.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="Buffers">Numbers that are kept and not trained.</param>
internal readonly record struct NetworkSize(string Name, long Parameters, long Buffers)
{
    /// <summary>Bytes that a model file has for these numbers.</summary>
    public long StoredLength => sizeof(float) * (Parameters + Buffers);
}
