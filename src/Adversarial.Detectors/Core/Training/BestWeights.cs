using System.Runtime.InteropServices;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Follows an <see cref="EarlyStopping"/> rule: remembers the weights of the best epoch and tells when to end.</summary>
internal sealed class BestWeights(EarlyStopping rule)
{
    private float[][]? _best;
    private double _bestValue = double.NegativeInfinity;
    private int _epochsSince;

    /// <summary>Measures after an epoch; true if the phase should end.</summary>
    public bool Observe(out double value)
    {
        value = rule.Measure();
        if (value > _bestValue)
        {
            _bestValue = value;
            _epochsSince = 0;
            Keep();
            return false;
        }

        return ++_epochsSince >= rule.Patience;
    }

    private void Keep()
    {
        _best ??= NewStates();
        int at = 0;
        foreach (Matrix state in States())
            rule.Networks[0].Parameters.Device.Download(state, _best[at++]);
    }

    /// <summary>Puts the best weights back; nothing happens where no epoch ended.</summary>
    public void Restore()
    {
        if (_best is null)
            return;
        int at = 0;
        foreach (Matrix state in States())
            rule.Networks[0].Parameters.Device.Upload(_best[at++], state);
    }

    /// <summary>Writes what was observed.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_bestValue);
        writer.Write(_epochsSince);
        writer.Write(_best is not null);
        foreach (float[] state in _best ?? [])
            writer.Write(MemoryMarshal.AsBytes(state.AsSpan()));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">No training observes that.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public void Load(BinaryReader reader)
    {
        _bestValue = ContentReading.Require(reader.ReadDouble(), value => !double.IsNaN(value), "The best value", "a number");
        _epochsSince = ContentReading.Require(reader.ReadInt32(), value => value >= 0 && value <= rule.Patience, "The number of epochs since the best one",
            $"0 to {rule.Patience}");
        bool isKept = ContentReading.Require(reader.ReadBoolean(), value => value == _bestValue > double.NegativeInfinity, "That there are best weights",
            "what their value says");
        _best = isKept ? NewStates() : null;
        foreach (float[] state in _best ?? [])
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(state.AsSpan()));
            if (!Reductions.AllFinite(state))
                throw new FormatException("Some of the best weights are not finite.");
        }
    }

    private float[][] NewStates() => [.. States().Select(state => new float[state.Columns])];

    // Weights, and what else scoring reads: running statistics.
    private IEnumerable<Matrix> States()
    {
        foreach (Network network in rule.Networks)
        {
            yield return network.Parameters.Values;
            if (!network.Parameters.Buffers.IsNone)
                yield return network.Parameters.Buffers;
        }
    }
}
