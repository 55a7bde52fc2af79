namespace Adversarial.Detectors;

/// <summary>
/// Explains scores by what they would be with one feature after the other at its mean over the training rows. Features that act together share
/// nothing out, so the contributions need not sum up to the score. It works on one thread.
/// </summary>
public sealed class Explainer
{
    private readonly Scorer _scorer;
    private readonly ReadOnlyMemory<float> _usual;
    private readonly float[] _changed;

    internal Explainer(Scorer scorer, ReadOnlyMemory<float> usual)
    {
        _scorer = scorer;
        _usual = usual;
        _changed = new float[usual.Length];
    }

    /// <summary>Explains the score of one row.</summary>
    /// <param name="row">As many finite values as the detector has features.</param>
    /// <param name="contributions">Gets one for each feature, in units of the score; above 0 where the feature makes the row more anomalous.</param>
    /// <exception cref="ArgumentException">One of the two has another length, or a feature is NaN or infinite.</exception>
    public void Explain(ReadOnlySpan<float> row, Span<float> contributions)
    {
        if (contributions.Length != _changed.Length)
            throw new ArgumentException($"There is room for {contributions.Length} contributions where a row has {_changed.Length} features.", nameof(contributions));
        float score = _scorer.Score(row);
        for (int c = 0; c < row.Length; c++)
        {
            if (!float.IsFinite(row[c]))
                throw new ArgumentException($"Feature {c} is {row[c]}: a row with such a value has no score to explain.", nameof(row));
        }

        row.CopyTo(_changed);
        ReadOnlySpan<float> usual = _usual.Span;
        for (int start = 0; start < row.Length; start += _scorer.Capacity)
        {
            Span<float> block = contributions.Slice(start, Math.Min(_scorer.Capacity, row.Length - start));
            for (int i = 0; i < block.Length; i++)
            {
                _changed[start + i] = usual[start + i];
                _scorer.SetRow(i, _changed);
                _changed[start + i] = row[start + i];
            }

            _scorer.ScoreBlock(block);
            for (int i = 0; i < block.Length; i++)
                block[i] = score - block[i];
        }
    }
}
