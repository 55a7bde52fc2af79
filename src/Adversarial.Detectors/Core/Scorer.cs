using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Scores blocks of rows on one thread; after the first full block nothing is allocated.</summary>
public sealed class Scorer
{
    private readonly Detector _detector;
    private readonly InputScaling _scaling;
    private readonly CpuDevice _device = new();
    private readonly Tape _tape;
    private readonly Matrix _rows;
    private readonly bool[] _finite;
    private readonly OutOfRangeGuard? _guard;
    private readonly float[] _raises;

    internal Scorer(Detector detector)
    {
        _detector = detector;
        _scaling = detector.Scaling;
        _tape = new Tape(_device, recording: false);
        _finite = new bool[detector.BlockRows];
        _guard = detector.Guard;
        _raises = new float[detector.BlockRows];
        _rows = new Matrix(_device.Allocate(Capacity * detector.Columns), 0, Capacity, detector.Columns, detector.Columns);
    }

    /// <summary>The most rows of a block.</summary>
    public int Capacity => _finite.Length;

    /// <summary>Puts a row into the block.</summary>
    /// <param name="index">Its place, from 0 to <see cref="Capacity"/> - 1.</param>
    /// <param name="features">As many values as the detector has features.</param>
    public void SetRow(int index, ReadOnlySpan<float> features)
    {
        int columns = _detector.Columns;
        if (features.Length != columns)
            throw new ArgumentException($"A row has {features.Length} features where {columns} are expected.", nameof(features));
        Span<float> scaled = _device.Values(_rows).Slice(index * columns, columns);
        _finite[index] = _scaling.Apply(features, scaled);
        if (!_finite[index])
            scaled.Clear();
        else if (_guard is not null)
            _raises[index] = _guard.Of(scaled);
    }

    /// <summary>Scores the first rows of the block, as many as <paramref name="scores"/> is long; NaN for a row that is not finite.</summary>
    public void ScoreBlock(Span<float> scores)
    {
        if (scores.IsEmpty)
            return;
        _tape.Reset();
        Tensor features = _tape.Over(_rows.Slice(0, scores.Length, 0, _detector.Columns));
        _device.Download(_detector.Score(features).Value, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            if (!_finite[i])
                scores[i] = float.NaN;
            else if (_raises[i] > 0)
                scores[i] = _guard!.Raise(scores[i], _raises[i]);
        }
    }

    /// <summary>Scores one row.</summary>
    public float Score(ReadOnlySpan<float> features)
    {
        SetRow(0, features);
        Span<float> score = stackalloc float[1];
        ScoreBlock(score);
        return score[0];
    }
}
