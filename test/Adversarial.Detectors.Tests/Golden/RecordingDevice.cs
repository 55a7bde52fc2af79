using System.Text;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>
/// Keeps, step by step, what enters a training from outside, the losses that are read and the gradients that optimisers take. Given an
/// earlier recording, it holds what enters against it, and lets the recorded arrays take its place, whose last digits are the same everywhere.
/// </summary>
internal sealed class RecordingDevice(IDevice inner, IReadOnlyList<GoldenDraw[]>? recorded) : ForwardingDevice(inner)
{
    private readonly List<GoldenDraw> _draws = [];

    /// <summary>Whether arrays from outside belong to a step.</summary>
    public bool IsRecording { get; set; }

    /// <summary>What entered each step.</summary>
    public List<GoldenDraw[]> Steps { get; } = [];

    /// <summary>The losses read in each step.</summary>
    public List<double[]> Losses { get; } = [];

    /// <summary>The gradients of each update, in order, until <see cref="EndStep"/> clears them.</summary>
    public List<(Storage Weights, double[] Gradients)> Updates { get; } = [];

    private List<double> Scalars { get; } = [];

    /// <summary>What entered, was read and was updated since the last call makes a step.</summary>
    public void EndStep()
    {
        if (recorded is not null && recorded[Steps.Count].Length != _draws.Count)
            throw new InvalidOperationException(GoldenDraw.Stale($"Step {Steps.Count} took {_draws.Count} arrays, not {recorded[Steps.Count].Length}"));
        Steps.Add([.. _draws]);
        Losses.Add([.. Scalars]);
        _draws.Clear();
        Scalars.Clear();
        Updates.Clear();
    }

    /// <summary>All values of a matrix, in the precision that the device has.</summary>
    public double[] Values(Matrix matrix)
    {
        if (matrix.IsNone)
            return [];
        var values = new double[matrix.Rows * matrix.Columns];
        if (Inner is ReferenceDevice)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = ReferenceDevice.Read(matrix, i / matrix.Columns, i % matrix.Columns);
            return values;
        }

        var floats = new float[values.Length];
        Inner.Download(matrix, floats);
        return Array.ConvertAll(floats, value => (double)value);
    }

    /// <summary>Sets one row of values, in the precision that the device has.</summary>
    public void Set(Matrix row, double[] values)
    {
        if (Inner is not ReferenceDevice)
        {
            Inner.Upload(Array.ConvertAll(values, value => (float)value), row);
            return;
        }

        for (int i = 0; i < values.Length; i++)
            ReferenceDevice.Write(row, 0, i, values[i]);
    }

    public override void Upload(ReadOnlySpan<float> source, in Matrix destination)
    {
        var draw = new GoldenDraw("upload", destination.Rows, destination.Columns, source[..(destination.Rows * destination.Columns)].ToArray());
        Inner.Upload(Take(draw)?.Values ?? source, destination);
    }

    public override double ReadScalar(in Matrix source)
    {
        double value = Inner.ReadScalar(source);
        Scalars.Add(value);
        return value;
    }

    public override void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation)
    {
        Inner.DrawNormal(y, stream, mean, deviation);
        var values = new float[y.Rows * y.Columns];
        Inner.Download(y, values);
        if (Take(new GoldenDraw("normal", y.Rows, y.Columns, values, Mean: mean, Deviation: deviation)) is { } earlier)
            Inner.Upload(earlier.Values, y);
    }

    public override void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream)
    {
        Inner.DrawMask(bits, columns, keepProbability, stream);
        var words = new uint[bits.Rows * bits.Columns];
        Dropout.FillMask(words, bits.Rows, columns, keepProbability, stream);
        var text = new StringBuilder(bits.Rows * columns);
        for (int r = 0; r < bits.Rows; r++)
        {
            for (int c = 0; c < columns; c++)
                text.Append((words[r * bits.Columns + (c >> 5)] >> (c & 31) & 1) == 0 ? '0' : '1');
        }

        Take(new GoldenDraw("mask", bits.Rows, columns, Bits: text.ToString()));
    }

    public override void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y)
    {
        Inner.SampleCategories(logits, groups, temperature, stream, y);
        if (stream is not { } random)
            return;
        var uniforms = new float[logits.Rows * logits.Columns];
        RandomFill.Uniform(random, 0, uniforms, 1f / (1 << 25), 1);
        Take(new GoldenDraw("uniform", logits.Rows, logits.Columns, uniforms));
    }

    public override void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale)
    {
        Updates.Add((weights.Storage, Values(gradients)));
        Inner.Adam(weights, gradients, firstMoment, secondMoment, settings, step, gradientScale);
    }

    public override void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings)
    {
        Updates.Add((weights.Storage, Values(gradients)));
        Inner.Adadelta(weights, gradients, squares, updates, settings);
    }

    private GoldenDraw? Take(GoldenDraw draw)
    {
        if (!IsRecording)
            return null;
        GoldenDraw? earlier = recorded?.ElementAtOrDefault(Steps.Count)?.ElementAtOrDefault(_draws.Count);
        if (recorded is not null && earlier is null)
            throw new InvalidOperationException(GoldenDraw.Stale($"Step {Steps.Count} took more arrays than the file has"));
        if (earlier is not null)
            draw.RequireEqual(earlier, $"Array {_draws.Count} of step {Steps.Count}");
        _draws.Add(draw);
        return earlier;
    }
}
