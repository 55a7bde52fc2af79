namespace Adversarial.Benchmarks;

/// <summary>Random orders of row numbers.</summary>
internal static class Shuffling
{
    /// <summary>A shuffled copy.</summary>
    public static int[] Shuffled(this Random random, IEnumerable<int> rows)
    {
        int[] copy = [.. rows];
        random.Shuffle(copy);
        return copy;
    }
}
