using System.Runtime.InteropServices;

namespace Adversarial.Detectors;

/// <summary>
/// What a member's score means: -log of the share of normal rows that score as high, by the scores of held-out rows. It rises strictly and
/// without jumps: linearly between two scores, beyond the highest one as if the upper tail were exponential, below the lowest one towards 0.
/// </summary>
internal sealed partial class TailCurve
{
    // This part of the scores is the tail whose spread continues it.
    private const int TailPart = 10;

    private readonly float[] _scores;
    private readonly double[] _heights;
    private readonly double _upperUnit;
    private readonly double _lowerUnit;

    private TailCurve(float[] scores, double[] heights, double upperUnit, double lowerUnit) =>
        (_scores, _heights, _upperUnit, _lowerUnit) = (scores, heights, upperUnit, lowerUnit);

    /// <summary>Learns it.</summary>
    /// <param name="scores">Scores of held-out rows: at least one, all finite.</param>
    public static TailCurve Of(ReadOnlySpan<float> scores)
    {
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        var distinct = new List<float>();
        var heights = new List<double>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] == sorted[i - 1])
                continue;
            distinct.Add(sorted[i]);
            heights.Add(Math.Log((sorted.Length + 1.0) / (sorted.Length - i)));
        }

        double range = (double)sorted[^1] - sorted[0];
        // Scores that are all the same have no unit: their size stands for it.
        double fallback = range > 0 ? range : Math.Max(Math.Abs((double)sorted[^1]), 1);
        return new TailCurve([.. distinct], [.. heights], Positive(UpperExcess(sorted), fallback), Positive(sorted[sorted.Length / 2] - (double)sorted[0], fallback));
    }

    // The mean excess of the upper tail over where it begins: the scale of an exponential one.
    private static double UpperExcess(float[] sorted)
    {
        int tail = Math.Min(Math.Max(1, sorted.Length / TailPart), sorted.Length - 1);
        double sum = 0;
        for (int i = sorted.Length - tail; i < sorted.Length; i++)
            sum += (double)sorted[i] - sorted[sorted.Length - tail - 1];
        return tail > 0 ? sum / tail : 0;
    }

    private static double Positive(double value, double otherwise) => value > 0 ? value : otherwise;

    /// <summary>-log of the share, above 0; NaN for NaN.</summary>
    public double HeightOf(float score)
    {
        if (float.IsNaN(score))
            return double.NaN;
        double value = Math.Clamp(score, -float.MaxValue, float.MaxValue);
        int last = _scores.Length - 1;
        if (value >= _scores[last])
            return _heights[last] + (value - _scores[last]) / _upperUnit;
        if (value <= _scores[0])
            return _heights[0] / (1 + (_scores[0] - value) / _lowerUnit);
        int low = 0, high = last;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _scores[middle] <= score ? (middle, high) : (low, middle);
        }

        return _heights[low] + (_heights[high] - _heights[low]) * ((value - _scores[low]) / ((double)_scores[high] - _scores[low]));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_scores.Length);
        writer.Write(MemoryMarshal.AsBytes(_scores.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_heights.AsSpan()));
        writer.Write(_upperUnit);
        writer.Write(_lowerUnit);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It does not rise, or a number is not finite.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static TailCurve Load(BinaryReader reader)
    {
        int count = ContentReading.Require(reader.ReadInt32(), value => value >= 1, "The number of scores of a member's curve", "at least 1");
        reader.RequireBytes((sizeof(float) + sizeof(double)) * (long)count, "A member's curve");
        float[] scores = new float[count];
        var heights = new double[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(scores.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(heights.AsSpan()));
        for (int i = 0; i < count; i++)
        {
            bool rises = i == 0 ? heights[i] > 0 : scores[i] > scores[i - 1] && heights[i] > heights[i - 1];
            if (!float.IsFinite(scores[i]) || !double.IsFinite(heights[i]) || !rises)
                throw new FormatException($"The model is damaged: a member's curve does not rise at its score {i}.");
        }

        return new TailCurve(scores, heights, Unit(reader), Unit(reader));
    }

    private static double Unit(BinaryReader reader) =>
        ContentReading.Require(reader.ReadDouble(), value => double.IsFinite(value) && value > 0, "The unit of a member's curve", "a finite number above 0");
}
