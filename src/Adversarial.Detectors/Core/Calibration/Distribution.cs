namespace Adversarial.Detectors;

/// <summary>What is kept of many values: some of them, ascending, and how many values are at most each. A feature of few values is kept whole.</summary>
internal sealed class Distribution
{
    private readonly float[] _points;
    private readonly int[] _counts;

    private Distribution(float[] points, int[] counts) => (_points, _counts) = (points, counts);

    /// <summary>The kept values, ascending, all different.</summary>
    public ReadOnlySpan<float> Points => _points;

    /// <summary>Number of values.</summary>
    public int Count => _counts[^1];

    /// <summary>Share of the values that are at most a kept one.</summary>
    public double ShareUpTo(int point) => _counts[point] / (double)Count;

    /// <summary>Keeps values at even ranks of a sample, the least and the greatest.</summary>
    /// <param name="sample">Some of the values, ascending, at least one; those of a small set are all.</param>
    /// <param name="least">The least of all.</param>
    /// <param name="greatest">The greatest of all.</param>
    /// <param name="points">The most that are kept, at least 2.</param>
    public static float[] ChoosePoints(ReadOnlySpan<float> sample, float least, float greatest, int points)
    {
        var chosen = new SortedSet<float> { least, greatest };
        for (int i = 1; i < points - 1; i++)
            chosen.Add(sample[(int)((long)i * (sample.Length - 1) / (points - 1))]);
        return [.. chosen];
    }

    /// <summary>The distribution of values, counted at such points.</summary>
    /// <param name="points">Ascending, all different; the last is the greatest value.</param>
    /// <param name="places">Number of the values by <see cref="PlaceOf"/>.</param>
    public static Distribution Of(float[] points, ReadOnlySpan<int> places)
    {
        var counts = new int[points.Length];
        int sum = 0;
        for (int i = 0; i < counts.Length; i++)
            counts[i] = sum += places[i];
        return new Distribution(points, counts);
    }

    /// <summary>The distribution of values in any order, at least one, all finite.</summary>
    public static Distribution Of(ReadOnlySpan<float> values, int points)
    {
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        float[] chosen = ChoosePoints(sorted, sorted[0], sorted[^1], points);
        var places = new int[chosen.Length + 1];
        foreach (float value in sorted)
            places[PlaceOf(chosen, value)]++;
        return Of(chosen, places);
    }

    /// <summary>The first point that is at least the value; one behind the last where all are less.</summary>
    public static int PlaceOf(ReadOnlySpan<float> points, float value)
    {
        int low = 0, high = points.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = points[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Bytes that <see cref="Save"/> writes at most.</summary>
    public static long MostLength(int points) => sizeof(int) + points * (sizeof(float) + (long)sizeof(int));

    public void Save(BinaryWriter writer)
    {
        writer.Write(_points.Length);
        for (int i = 0; i < _points.Length; i++)
        {
            writer.Write(_points[i]);
            writer.Write(_counts[i]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">Points or counts are none that values have.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static Distribution Load(BinaryReader reader, int most, string what)
    {
        int length = ContentReading.Require(reader.ReadInt32(), value => value >= 1 && value <= most, $"The number of points of {what}", $"1 to {most}");
        var points = new float[length];
        var counts = new int[length];
        for (int i = 0; i < length; i++)
        {
            points[i] = ContentReading.Require(reader.ReadSingle(), value => float.IsFinite(value) && (i == 0 || value > points[i - 1]), $"Point {i} of {what}", "finite and above the one before");
            counts[i] = ContentReading.Require(reader.ReadInt32(), value => value >= 1 && (i == 0 || value >= counts[i - 1]), $"Count {i} of {what}", "at least 1 and the one before");
        }

        return new Distribution(points, counts);
    }
}
