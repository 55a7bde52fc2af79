using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>What a method's step works with: the batch, the tape, random streams, and the way to update networks.</summary>
public sealed class TrainingStep
{
    private readonly LossLog _losses;

    /// <summary>Sees each loss in the place of the update: for checks of whole steps.</summary>
    private readonly Action<Optimizer, Tensor, string>? _probe;

    private readonly TrainingData _data;
    private readonly OtherBatches _others;
    private float[] _draws = [];
    private float[] _anomalies = [];
    private ParameterSet[] _trained = [];
    private Tensor _features;
    private TapePosition _afterFeatures;

    internal TrainingStep(Tape tape, NoiseSource noise, TrainingData data, OtherBatches others, LossLog losses, Action<Optimizer, Tensor, string>? probe = null)
    {
        _probe = probe;
        _data = data;
        _others = others;
        Tape = tape;
        Noise = noise;
        _losses = losses;
    }

    /// <summary>The rows of the fit.</summary>
    internal TrainingData Data => _data;

    /// <summary>The tape of this step.</summary>
    public Tape Tape { get; }

    /// <summary>Random streams of this step; handed to a network it turns dropout on.</summary>
    public NoiseSource Noise { get; }

    /// <summary>The batch [rows, features], scaled.</summary>
    public Tensor Features
    {
        get => _features;
        internal set => (_features, _afterFeatures) = (value, Tape.Position);
    }

    /// <summary>Steps of the phase that are done.</summary>
    public long Index { get; internal set; }

    /// <summary>Share of the phase's steps that are done, in [0, 1).</summary>
    public double Progress { get; internal set; }

    /// <summary>Rows of the batch.</summary>
    public int Rows => Features.Rows;

    /// <summary>Begins an update that reads nothing of what the step has computed before but <see cref="Features"/>: the memory of all else is used again.</summary>
    public void BeginUpdate() => Tape.ReturnTo(_afterFeatures);

    /// <summary>What a network in training gives for rows, as a constant: for updates of other networks.</summary>
    public Tensor Constant(RowNetwork network, Tensor rows)
    {
        using (Tape.WithoutRecording())
            return network.Forward(rows, Noise);
    }

    /// <summary>Draws from N(<paramref name="mean"/>, <paramref name="deviation"/>).</summary>
    public Tensor Normal(int rows, int columns, float mean = 0, float deviation = 1, Tensor? into = null) =>
        Tape.Normal(rows, columns, Noise.Next(), mean, deviation, into);

    /// <summary>Another batch of as many rows, from an order that is shuffled independently of this batch's.</summary>
    public Tensor OtherBatch() => _others.Next(Tape, Rows);

    /// <summary>Known anomalies [<paramref name="rows"/>, features], scaled, drawn with replacement.</summary>
    public Tensor DrawAnomalies(int rows)
    {
        int columns = Features.Columns;
        if (_draws.Length < rows)
        {
            _draws = new float[rows];
            _anomalies = new float[rows * columns];
        }

        RandomFill.Uniform(Noise.Next(), 0, _draws.AsSpan(0, rows), 0, 1);
        for (int i = 0; i < rows; i++)
            _data.CopyAnomaly(Math.Min((int)(_draws[i] * _data.Anomalies), _data.Anomalies - 1), _anomalies.AsSpan(i * columns, columns));
        return Tape.Constant(_anomalies.AsSpan(0, rows * columns), rows, columns);
    }

    /// <summary>Reports a loss that is a part of what is minimised.</summary>
    public void Report(Tensor loss, string name)
    {
        if (_probe is null)
            _losses.Add(name, Finite(loss, name));
    }

    /// <summary>Backward pass and one update of what <paramref name="optimizer"/> trains; the loss is reported as <paramref name="name"/>.</summary>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    public double Minimize(Optimizer optimizer, Tensor loss, string name)
    {
        if (_probe is not null)
        {
            _probe(optimizer, loss, name);
            return double.NaN;
        }

        double value = Finite(loss, name);
        _losses.Add(name, value);
        optimizer.Minimize(loss);
        return value;
    }

    /// <summary>One backward pass, then an update by each of two optimisers.</summary>
    /// <exception cref="TrainingDivergedException">The loss is not finite.</exception>
    public void Minimize(Optimizer first, Optimizer second, Tensor loss, string name)
    {
        if (_probe is not null)
        {
            _probe(first, loss, name);
            _probe(second, loss, name);
            return;
        }

        _losses.Add(name, Finite(loss, name));
        int count = first.Parameters.Length + second.Parameters.Length;
        if (_trained.Length != count)
            _trained = new ParameterSet[count];
        first.Parameters.CopyTo(_trained);
        second.Parameters.CopyTo(_trained.AsSpan(first.Parameters.Length));
        Tape.Backward(loss, _trained);
        first.Update();
        second.Update();
    }

    private static double Finite(Tensor loss, string name)
    {
        double value = loss.Scalar();
        return double.IsFinite(value) ? value : throw new TrainingDivergedException($"The loss '{name}' became {value}.");
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
