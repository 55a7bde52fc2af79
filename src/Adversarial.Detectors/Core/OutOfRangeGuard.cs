using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Raises the scores of rows that lie outside the training rows' box, where networks were never taught and may call anything normal. What is
/// added grows with the distance of each feature, in units of its range: a feature that is a whole range away puts the row above every
/// training row. Scores of rows inside the box stay as they are, to the bit.
/// </summary>
internal sealed partial class OutOfRangeGuard
{
    // A feature that was constant has no range: a tenth of its size stands for it, and of 1 where it is smaller.
    private const float RangesOfConstants = 10;

    // Farther away is all the same; it keeps sums over any number of features finite.
    private const float MostRanges = 1000;

    private readonly float[] _low;
    private readonly float[] _high;
    private readonly double[] _rangesPerUnit;
    private readonly float _leastScore;
    private readonly float _nearUnit;
    private readonly float _farUnit;

    private OutOfRangeGuard(FeatureScaling scaling, float leastScore, float nearUnit, float farUnit)
    {
        _leastScore = leastScore;
        _nearUnit = nearUnit;
        _farUnit = farUnit;
        (_low, _high, _rangesPerUnit) = (scaling.Low.ToArray(), scaling.High.ToArray(), new double[scaling.Columns]);
        for (int c = 0; c < _low.Length; c++)
            _rangesPerUnit[c] = _high[c] > _low[c] ? 1 / ((double)_high[c] - _low[c]) : RangesOfConstants / Math.Max(1, Math.Abs((double)_low[c]));
    }

    /// <summary>Learns the box and the unit of the scores; null where the weight is 0.</summary>
    /// <param name="scaling">What is known of the training rows' range.</param>
    /// <param name="scores">The training rows' scores.</param>
    /// <param name="weight">Factor of what is added, at least 0.</param>
    public static OutOfRangeGuard? Learn(FeatureScaling scaling, ReadOnlySpan<float> scores, float weight)
    {
        if (weight == 0)
            return null;
        double mean = 0, squares = 0;
        float least = float.PositiveInfinity, greatest = float.NegativeInfinity;
        foreach (float score in scores)
        {
            mean += score / (double)scores.Length;
            (least, greatest) = (Math.Min(least, score), Math.Max(greatest, score));
        }

        foreach (float score in scores)
            squares += (score - mean) * (score - mean) / scores.Length;

        // Rows that are all equal score alike: any unit will do.
        float range = greatest > least ? greatest - least : Math.Max(1, Math.Abs(least));
        return new OutOfRangeGuard(scaling, least, weight * (float)Math.Sqrt(squares), weight * range);
    }

    /// <summary>What the score of a row is raised by, above 0 outside the box only.</summary>
    /// <param name="row">The row's features as they are, all finite.</param>
    public float Of(ReadOnlySpan<float> row)
    {
        if (ColumnBox.Contains(row, _low, _high))
            return 0;
        double near = 0, far = 0;
        for (int c = 0; c < row.Length; c++)
        {
            double distance = Math.Max((double)_low[c] - row[c], (double)row[c] - _high[c]);
            if (distance <= 0)
                continue;
            double ranges = Math.Min(distance * _rangesPerUnit[c], MostRanges);
            near += ranges;
            far += ranges < 1 ? ranges * ranges : 2 * ranges - 1;
        }

        // At least the smallest number above 0: the row is outside, however close.
        return (float)Math.Clamp(_nearUnit * near + _farUnit * far, float.Epsilon, float.MaxValue);
    }

    /// <summary>The score of a row outside the box: never below the training rows', whatever the networks make of it.</summary>
    /// <param name="score">The networks' score.</param>
    /// <param name="raise">What <see cref="Of"/> gives, above 0.</param>
    public float Raise(float score, float raise) => Math.Min(Math.Max(score, _leastScore) + raise, float.MaxValue);

    /// <summary>Writes what <see cref="Load"/> reads; a null guard is written as well.</summary>
    public static void Save(OutOfRangeGuard? guard, BinaryWriter writer)
    {
        writer.Write(guard is not null);
        if (guard is null)
            return;
        writer.Write(guard._leastScore);
        writer.Write(guard._nearUnit);
        writer.Write(guard._farUnit);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">A number is not finite or a unit is below 0.</exception>
    public static OutOfRangeGuard? Load(BinaryReader reader, FeatureScaling scaling)
    {
        if (!reader.ReadBoolean())
            return null;
        float least = reader.ReadSingle(), near = reader.ReadSingle(), far = reader.ReadSingle();
        if (!float.IsFinite(least) || !float.IsFinite(near) || !float.IsFinite(far) || near < 0 || far < 0)
            throw new FormatException($"The model is damaged: its guard against values out of range has the numbers {least}, {near}, {far}.");
        return new OutOfRangeGuard(scaling, least, near, far);
    }
}
