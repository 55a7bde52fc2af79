using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Rows divided by chance in those to learn from and those that are kept apart.</summary>
/// <param name="Kept">Rows to learn from, in their order.</param>
/// <param name="Apart">The others, in their order.</param>
/// <param name="IsApart">For each of the given rows whether it is kept apart.</param>
internal sealed record RowSplit(FeatureMatrix Kept, FeatureMatrix Apart, bool[] IsApart)
{
    /// <summary>Draws so many rows to be kept apart.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="apart">How many, at least 0 and fewer than there are; 0 with no scaling draws nothing.</param>
    /// <param name="seed">Seed of the fit.</param>
    /// <param name="purpose">A number of this division's own.</param>
    /// <param name="scaling">What becomes of each row; null leaves them as they are.</param>
    public static RowSplit Draw(FeatureMatrix rows, int apart, ulong seed, ulong purpose, FeatureScaling? scaling = null)
    {
        var isApart = new bool[rows.Rows];
        if (apart == 0 && scaling is null)
            return new RowSplit(rows, new FeatureMatrix(rows.Columns), isApart);
        var order = new int[rows.Rows];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        RandomFill.Permutation(new RandomStream(seed, purpose, 0), order);
        foreach (int row in order.AsSpan(0, apart))
            isApart[row] = true;
        FeatureMatrix taken = scaling is null ? rows : Scaled(rows, scaling);
        return new RowSplit(taken.Select(Places(isApart, false)), taken.Select(Places(isApart, true)), isApart);
    }

    private static int[] Places(bool[] isApart, bool apart) => [.. Enumerable.Range(0, isApart.Length).Where(row => isApart[row] == apart)];

    private static FeatureMatrix Scaled(FeatureMatrix rows, FeatureScaling scaling)
    {
        var scaled = new FeatureMatrix(rows.Columns);
        for (int r = 0; r < rows.Rows; r++)
            scaling.Apply(rows[r], scaled.AppendRow());
        return scaled;
    }

    /// <summary>Puts a value of each kept row and one of each other row into the order of all rows.</summary>
    public float[] Merge(ReadOnlySpan<float> ofKept, ReadOnlySpan<float> ofApart)
    {
        var all = new float[IsApart.Length];
        for (int r = 0, kept = 0, apart = 0; r < all.Length; r++)
            all[r] = IsApart[r] ? ofApart[apart++] : ofKept[kept++];
        return all;
    }
}
