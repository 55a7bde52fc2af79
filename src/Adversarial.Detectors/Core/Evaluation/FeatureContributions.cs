namespace Adversarial.Detectors;

/// <summary>Explains a score by what it would be with one feature after the other at a usual value.</summary>
internal static class FeatureContributions
{
    public static float[] Of(Scorer scorer, ReadOnlySpan<float> row, ReadOnlySpan<float> usual)
    {
        float score = scorer.Score(row);
        for (int c = 0; c < row.Length; c++)
        {
            if (!float.IsFinite(row[c]))
                throw new ArgumentException($"Feature {c} is {row[c]}: a row with such a value has no score to explain.", nameof(row));
        }

        var contributions = new float[row.Length];
        float[] changed = row.ToArray();
        for (int start = 0; start < row.Length; start += scorer.Capacity)
        {
            Span<float> block = contributions.AsSpan(start, Math.Min(scorer.Capacity, row.Length - start));
            for (int i = 0; i < block.Length; i++)
            {
                changed[start + i] = usual[start + i];
                scorer.SetRow(i, changed);
                changed[start + i] = row[start + i];
            }

            scorer.ScoreBlock(block);
            for (int i = 0; i < block.Length; i++)
                block[i] = score - block[i];
        }

        return contributions;
    }
}
