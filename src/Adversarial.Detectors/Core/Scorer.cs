namespace Adversarial.Detectors;

/// <summary>Scores blocks of rows on one thread; after the first full block nothing is allocated.</summary>
public sealed class Scorer
{
    private readonly int _columns;
    private readonly FeatureScaling _scaling;
    private readonly BlockScorer _block;
    private readonly bool[] _finite;
    private readonly OutOfRangeGuard? _guard;
    private readonly float[] _raises;

    internal Scorer(Detector detector)
    {
        _columns = detector.Columns;
        _scaling = detector.Scaling;
        _finite = new bool[detector.BlockRows];
        _guard = detector.Guard;
        _raises = new float[detector.BlockRows];
        _block = detector.CreateBlockScorer();
    }

    /// <summary>The most rows of a block.</summary>
    public int Capacity => _finite.Length;

    /// <summary>Puts a row into the block.</summary>
    /// <param name="index">Its place, from 0 to <see cref="Capacity"/> - 1.</param>
    /// <param name="features">As many values as the detector has features.</param>
    public void SetRow(int index, ReadOnlySpan<float> features)
    {
        if (features.Length != _columns)
            throw new ArgumentException($"A row has {features.Length} features where {_columns} are expected.", nameof(features));
        Span<float> scaled = _block.Row(index);
        _finite[index] = _scaling.Apply(features, scaled);
        if (!_finite[index])
            scaled.Clear();
        else if (_guard is not null)
            _raises[index] = _guard.Of(features);
    }

    /// <summary>Scores the first rows of the block, as many as <paramref name="scores"/> is long; NaN for a row that is not finite.</summary>
    public void ScoreBlock(Span<float> scores)
    {
        if (scores.IsEmpty)
            return;
        _block.Score(scores);
        for (int i = 0; i < scores.Length; i++)
        {
            if (!_finite[i])
                scores[i] = float.NaN;
            else if (_raises[i] > 0)
                scores[i] = _guard!.Raise(scores[i], _raises[i]);
        }
    }

    /// <summary>Leaves its memory to the next scorer of the same fit; it is not used any more.</summary>
    internal void Release() => _block.Release();

    /// <summary>Scores one row.</summary>
    public float Score(ReadOnlySpan<float> features)
    {
        SetRow(0, features);
        Span<float> score = stackalloc float[1];
        ScoreBlock(score);
        return score[0];
    }
}

/// <summary>How a method scores a block of scaled rows on one thread; after the first full block it allocates nothing.</summary>
internal abstract class BlockScorer
{
    /// <summary>Where the scaled features of a row are put.</summary>
    public abstract Span<float> Row(int index);

    /// <summary>Scores the first rows, as many as <paramref name="scores"/> is long.</summary>
    public abstract void Score(Span<float> scores);

    /// <summary>Leaves its memory to others, where there are some that may take it.</summary>
    public virtual void Release()
    {
    }
}
