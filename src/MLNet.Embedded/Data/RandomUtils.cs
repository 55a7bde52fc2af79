namespace Microsoft.ML.Data;

internal static class RandomUtils
{
    internal static int[] Permutation(Random rand, int count)
    {
        int[] order = Enumerable.Range(0, count).ToArray();
        rand.Shuffle(order);
        return order;
    }

    /// <summary>A number in [0, 1) that depends on nothing but the seed and the number of the item.</summary>
    internal static double Uniform(ulong seed, ulong item)
    {
        DataViewRowId mixed = new DataViewRowId(item, seed).Fork();
        return (mixed.Low >> 11) * (1.0 / (1UL << 53));
    }
}
