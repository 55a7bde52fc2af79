using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <content>What a model file keeps, and the sizes that can be known without it.</content>
public abstract partial class Detector
{
    private const int ProbedRows = 8;

    internal void SaveState(BinaryWriter writer)
    {
        writer.Write(Columns);
        writer.Write(Threshold);
        Scaling.Save(writer);
        SaveCalibration(writer);
        OutOfRangeGuard.Save(_guard, writer);
        Checkpoint.WriteNetworks(writer, [.. Networks]);
    }

    /// <summary>Reads what <see cref="SaveState"/> wrote behind the number of columns.</summary>
    /// <param name="reader">The content, behind the options and the number of columns.</param>
    /// <param name="version">The file's format: from 2 on it holds the guard.</param>
    /// <exception cref="FormatException">It is of another detector, or no detector could have it.</exception>
    /// <exception cref="EndOfStreamException">It is truncated.</exception>
    internal void LoadState(BinaryReader reader, int version)
    {
        Threshold = ContentReading.Require(reader.ReadSingle(), value => !float.IsNaN(value), "The threshold of the model", "a number");
        InputScaling scaling = InputScaling.Load(reader, Columns);
        LoadCalibration(reader);
        _guard = version < 2 ? null : OutOfRangeGuard.Load(reader, scaling);
        Build(new CpuDevice());
        Checkpoint.ReadNetworks(reader, [.. Networks]);
        RequireSound(scaling);
        _scaling = scaling;
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
    private void RequireMemory()
    {
        if (!IsFitted)
            TrainingMemory.Require(CountParameters(), Columns, Descriptor?.SizeOptions ?? [], GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    // Weights that are all finite may still be such that no row has a score; no fit ends so.
    private void RequireSound(InputScaling scaling)
    {
        var device = new CpuDevice();
        var tape = new Tape(device, recording: false);
        Tensor rows = tape.Constant(Probes(scaling), ProbedRows, Columns);
        if (!device.AllFinite(Score(rows).Value))
            throw new FormatException("The model is damaged: rows in the range of its training rows get no finite score.");
        if (Generate(tape, new NoiseSource(0), ProbedRows) is { } generated && !device.AllFinite(generated.Value))
            throw new FormatException("The model is damaged: the rows that it generates are not finite.");
    }

    // Scaled rows in the training rows' range: its ends, the mean, and some drawn ones.
    private float[] Probes(InputScaling scaling)
    {
        var shares = new float[(ProbedRows - 3) * Columns];
        RandomFill.Uniform(new RandomStream(0, 0, 0), 0, shares, 0, 1);
        var probes = new float[ProbedRows * Columns];
        scaling.Apply(scaling.Low.Span, probes.AsSpan(0, Columns));
        scaling.Apply(scaling.High.Span, probes.AsSpan(Columns, Columns));
        scaling.Apply(scaling.Mean.Span, probes.AsSpan(2 * Columns, Columns));
        for (int i = 0; i < shares.Length; i++)
            probes[3 * Columns + i] = float.Lerp(probes[i % Columns], probes[Columns + i % Columns], shares[i]);
        return probes;
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
