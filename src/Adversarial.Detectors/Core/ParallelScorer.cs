using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Scores some blocks of rows at a time, each on a thread of its own; scores come in the order of the rows and do not depend on the number
/// of threads. All such scorers share their workers: one that finds them at work for another scores on its caller's thread alone. After
/// the first time that all blocks are full nothing is allocated.
/// </summary>
public sealed class ParallelScorer
{
    private static readonly Lazy<WorkerGang> _workers = new(() => new WorkerGang(Detector.DefaultThreads));

    private readonly Detector _detector;
    private readonly Scorer?[] _blocks;
    private readonly int _rows;

    internal ParallelScorer(Detector detector, int blocks)
    {
        _detector = detector;
        _blocks = new Scorer?[blocks];
        _rows = detector.BlockRows;
    }

    /// <summary>The most rows that are scored at a time.</summary>
    public int Capacity => _blocks.Length * _rows;

    /// <summary>Puts a row in its place.</summary>
    /// <param name="index">Its place, from 0 to <see cref="Capacity"/> - 1.</param>
    /// <param name="features">As many values as the detector has features.</param>
    public void SetRow(int index, ReadOnlySpan<float> features) =>
        (_blocks[index / _rows] ??= _detector.CreateScorer()).SetRow(index % _rows, features);

    /// <summary>Scores the first rows, as many as <paramref name="scores"/> is long; NaN for a row that is not finite.</summary>
    public void Score(Memory<float> scores)
    {
        var job = new Job(_blocks, _rows, scores);
        if (scores.Length > _rows)
            _workers.Value.Run(ref job, (scores.Length + _rows - 1) / _rows);
        else if (!scores.IsEmpty)
            job.Run(0);
    }

    private readonly struct Job(Scorer?[] blocks, int rows, Memory<float> scores) : IParallelJob
    {
        public void Run(int part)
        {
            int start = part * rows;
            blocks[part]!.ScoreBlock(scores.Slice(start, Math.Min(rows, scores.Length - start)).Span);
        }
    }
}
