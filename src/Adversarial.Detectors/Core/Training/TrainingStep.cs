using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>What a method's step works with: the batch, the tape, random streams, and the way to update networks.</summary>
public sealed class TrainingStep
{
    private readonly LossLog _losses;

    /// <summary>Sees each loss in the place of the update: for checks of whole steps.</summary>
    private readonly Action<Adam, Tensor, string>? _probe;

    internal TrainingStep(Tape tape, NoiseSource noise, LossLog losses, Action<Adam, Tensor, string>? probe = null)
    {
        _probe = probe;
        Tape = tape;
        Noise = noise;
        _losses = losses;
    }

    /// <summary>The tape of this step.</summary>
    public Tape Tape { get; }

    /// <summary>Random streams of this step; handed to a network it turns dropout on.</summary>
    public NoiseSource Noise { get; }

    /// <summary>The batch [rows, features], scaled.</summary>
    public Tensor Features { get; internal set; }

    /// <summary>Rows of the batch.</summary>
    public int Rows => Features.Rows;

    /// <summary>Draws from N(<paramref name="mean"/>, <paramref name="deviation"/>).</summary>
    public Tensor Normal(int rows, int columns, float mean = 0, float deviation = 1, Tensor? into = null) =>
        Tape.Normal(rows, columns, Noise.Next(), mean, deviation, into);

    /// <summary>Backward pass and one update of what <paramref name="optimizer"/> trains; the loss is reported as <paramref name="name"/>.</summary>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    public void Minimize(Adam optimizer, Tensor loss, string name)
    {
        if (_probe is not null)
        {
            _probe(optimizer, loss, name);
            return;
        }

        double value = loss.Scalar();
        if (!double.IsFinite(value))
            throw new TrainingDivergedException($"The loss '{name}' became {value}.");
        _losses.Add(name, value);
        optimizer.Minimize(loss);
    }
}

/// <summary>A training run went astray: a loss or weight is not finite, or the scores collapsed to one value.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }
}

/// <summary>Means of named losses since the last report.</summary>
internal sealed class LossLog
{
    private readonly List<(string Name, double Sum, int Count)> _entries = [];

    public void Add(string name, double value)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (!ReferenceEquals(_entries[i].Name, name) && _entries[i].Name != name)
                continue;
            _entries[i] = (name, _entries[i].Sum + value, _entries[i].Count + 1);
            return;
        }

        _entries.Add((name, value, 1));
    }

    public IReadOnlyList<NamedLoss> Take()
    {
        NamedLoss[] means = [.. _entries.Select(entry => new NamedLoss(entry.Name, entry.Sum / entry.Count))];
        _entries.Clear();
        return means;
    }
}
