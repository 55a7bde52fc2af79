using System.Runtime.InteropServices;

namespace Adversarial.Detectors;

/// <summary>
/// Scores of normal rows that were held out, ascending: by how many of them reach a score it is known how rare it is among normal rows. Of
/// very many the upper ones are kept all and the others evenly thinned.
/// </summary>
internal sealed class ReferenceScores
{
    // Of so many all are kept; of more, half of this are the highest ones and half stand for the rest.
    private const int Most = 10_000;

    private readonly float[] _kept;

    private ReferenceScores(int count, float[] kept) => (Count, _kept) = (count, kept);

    /// <summary>Number of rows that were held out.</summary>
    public int Count { get; }

    /// <summary>The kept scores, ascending.</summary>
    public ReadOnlyMemory<float> Kept => _kept;

    /// <summary>Keeps the scores of held-out rows.</summary>
    /// <param name="scores">At least one, all finite, in any order.</param>
    public static ReferenceScores Of(ReadOnlySpan<float> scores)
    {
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        var kept = new float[Math.Min(sorted.Length, Most)];
        for (int i = 0; i < kept.Length; i++)
            kept[i] = sorted[RankOf(i, sorted.Length)];
        return new ReferenceScores(sorted.Length, kept);
    }

    // Place of a kept score among all that there were, from 0.
    private static int RankOf(int index, int count)
    {
        const int Half = Most / 2;
        if (count <= Most)
            return index;
        int lower = count - Half;
        return index < Half ? (int)((long)index * lower / Half) : lower + index - Half;
    }

    /// <summary>
    /// (1 + number of held-out scores that are at least <paramref name="score"/>) / (1 + number of held-out scores), in (0, 1]; NaN for NaN. In
    /// the thinned part a score between two kept ones counts as the lower one: the rate is at most 1/5,000 too high and never too low.
    /// </summary>
    public float RateOf(float score)
    {
        if (float.IsNaN(score))
            return float.NaN;
        int low = 0, high = _kept.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _kept[middle] < score ? (middle + 1, high) : (low, middle);
        }

        int reaching = low == 0 ? Count : Count - 1 - RankOf(low - 1, Count);
        return (float)((1.0 + reaching) / (1.0 + Count));
    }

    /// <summary>Writes what <see cref="Load"/> reads; where there are none, that as well.</summary>
    public static void Save(ReferenceScores? scores, BinaryWriter writer)
    {
        writer.Write(scores?.Count ?? 0);
        foreach (float score in scores?._kept ?? [])
            writer.Write(score);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">A number is not finite, or they do not ascend.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static ReferenceScores? Load(BinaryReader reader)
    {
        int count = ContentReading.Require(reader.ReadInt32(), value => value >= 0, "The number of held-out rows", "at least 0");
        if (count == 0)
            return null;
        var kept = new float[Math.Min(count, Most)];
        reader.RequireBytes(sizeof(float) * (long)kept.Length, "The scores of held-out rows");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(kept.AsSpan()));
        for (int i = 0; i < kept.Length; i++)
        {
            float before = i == 0 ? float.MinValue : kept[i - 1];
            ContentReading.Require(kept[i], value => float.IsFinite(value) && value >= before, $"Score {i} of the held-out rows", "finite and at least the one before");
        }

        return new ReferenceScores(count, kept);
    }
}
