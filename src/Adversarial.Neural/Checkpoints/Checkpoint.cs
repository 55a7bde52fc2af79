using System.Buffers;
using System.Runtime.InteropServices;
using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Writes and reads the parameters of networks, and on request the state of optimisers and averages, so that a run that is resumed equals
/// one that was never interrupted. Numbers are little-endian floats.
/// </summary>
public static class Checkpoint
{
    private const int BlockLength = 1 << 14;

    /// <summary>
    /// Writes name, parameter count and values of each network, and count and values of its buffers where it has any: a network without
    /// buffers is written as it was before there were buffers.
    /// </summary>
    public static void WriteNetworks(BinaryWriter writer, params ReadOnlySpan<Network> networks)
    {
        writer.Write(networks.Length);
        foreach (Network network in networks)
        {
            writer.Write(network.Name);
            WriteVector(writer, network.Parameters.Device, network.Parameters.Values);
            if (!network.Parameters.Buffers.IsNone)
                WriteVector(writer, network.Parameters.Device, network.Parameters.Buffers);
        }
    }

    /// <summary>Reads what <see cref="WriteNetworks"/> wrote into networks of the same names and sizes, in the same order.</summary>
    /// <exception cref="FormatException">The content is of other networks, not finite, or has a variance below 0.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static void ReadNetworks(BinaryReader reader, params ReadOnlySpan<Network> networks)
    {
        int count = reader.ReadInt32();
        if (count != networks.Length)
            throw new FormatException($"The checkpoint holds {count} networks where {networks.Length} are expected.");
        foreach (Network network in networks)
        {
            string name = reader.ReadString();
            if (name != network.Name)
                throw new FormatException($"The checkpoint holds network '{name}' where '{network.Name}' is expected.");
            ReadVector(reader, network.Parameters.Device, network.Parameters.Values, $"The weights of network '{name}'");
            if (network.Parameters.Buffers.IsNone)
                continue;
            ReadVector(reader, network.Parameters.Device, network.Parameters.Buffers, $"The buffers of network '{name}'");
            if (network.Parameters.FindUnsoundBuffer() is { } fault)
                throw new FormatException($"Network '{name}' in the checkpoint is damaged: {fault}.");
        }
    }

    /// <summary>Writes step count and moments.</summary>
    public static void WriteOptimizer(BinaryWriter writer, Optimizer optimizer)
    {
        writer.Write(optimizer.Step);
        for (int i = 0; i < optimizer.Parameters.Length; i++)
        {
            WriteVector(writer, optimizer.Parameters[i].Device, optimizer.FirstMoment(i));
            WriteVector(writer, optimizer.Parameters[i].Device, optimizer.SecondMoment(i));
        }
    }

    /// <summary>Reads what <see cref="WriteOptimizer"/> wrote.</summary>
    /// <exception cref="FormatException">The content is of another optimiser, not finite, or has a step or second moment below 0.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static void ReadOptimizer(BinaryReader reader, Optimizer optimizer)
    {
        optimizer.Step = ReadStep(reader, "optimiser");
        for (int i = 0; i < optimizer.Parameters.Length; i++)
        {
            ReadVector(reader, optimizer.Parameters[i].Device, optimizer.FirstMoment(i), "The first moment");
            ReadVector(reader, optimizer.Parameters[i].Device, optimizer.SecondMoment(i), "The second moment", least: 0);
        }
    }

    /// <summary>Writes step count and average.</summary>
    public static void WriteAverage(BinaryWriter writer, ExponentialAverage average)
    {
        writer.Write(average.Step);
        WriteVector(writer, average.Device, average.Average);
    }

    /// <summary>Reads what <see cref="WriteAverage"/> wrote.</summary>
    /// <exception cref="FormatException">The content is of another average, not finite, or has a step below 0.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static void ReadAverage(BinaryReader reader, ExponentialAverage average)
    {
        average.Step = ReadStep(reader, "average");
        ReadVector(reader, average.Device, average.Average, "The average");
    }

    private static void WriteVector(BinaryWriter writer, IDevice device, in Matrix vector)
    {
        writer.Write(vector.Columns);
        float[] block = ArrayPool<float>.Shared.Rent(BlockLength);
        for (int at = 0; at < vector.Columns; at += BlockLength)
        {
            int length = Math.Min(BlockLength, vector.Columns - at);
            device.Download(vector.Slice(0, 1, at, length), block);
            writer.Write(MemoryMarshal.AsBytes(block.AsSpan(0, length)));
        }

        ArrayPool<float>.Shared.Return(block);
    }

    private static long ReadStep(BinaryReader reader, string what)
    {
        long step = reader.ReadInt64();
        return step >= 0 ? step : throw new FormatException($"The {what} in the checkpoint has done {step} steps.");
    }

    private static void ReadVector(BinaryReader reader, IDevice device, in Matrix vector, string name, float least = float.MinValue)
    {
        int count = reader.ReadInt32();
        if (count != vector.Columns)
            throw new FormatException($"{name}: {count} numbers in the checkpoint where {vector.Columns} are expected.");
        float[] block = ArrayPool<float>.Shared.Rent(BlockLength);
        for (int at = 0; at < count; at += BlockLength)
        {
            Span<float> part = block.AsSpan(0, Math.Min(BlockLength, count - at));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(part));
            if (!Reductions.AllFinite(part))
                throw new FormatException($"{name} in the checkpoint: some are not finite.");
            if (least > float.MinValue && part.ContainsAnyInRange(float.MinValue, MathF.BitDecrement(least)))
                throw new FormatException($"{name} in the checkpoint: some lie below {least}.");
            device.Upload(part, vector.Slice(0, 1, at, part.Length));
        }

        ArrayPool<float>.Shared.Return(block);
    }
}
