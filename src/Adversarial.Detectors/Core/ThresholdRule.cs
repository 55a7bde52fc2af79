using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>
/// Chooses a threshold from scores of normal rows: such that a given share of them lies above it, or such that a new row does with at most a
/// given probability.
/// </summary>
public readonly record struct ThresholdRule
{
    private readonly bool _isPromise;

    private ThresholdRule(double flaggedShare, bool isPromise = false) => (FlaggedShare, _isPromise) = (flaggedShare, isPromise);

    /// <summary>Share of the scores above the threshold, or probability that a new one is, in [0, 1].</summary>
    public double FlaggedShare { get; }

    /// <summary>The rule that flags this share, in [0, 1].</summary>
    public static ThresholdRule Contamination(double share) => new(share);

    /// <summary>The rule that takes this quantile of the scores, in [0, 1].</summary>
    public static ThresholdRule Quantile(double quantile) => new(1 - quantile);

    /// <summary>
    /// The rule by which one more score exceeds the threshold with at most this probability, in (0, 1), if it and the given ones may come in any
    /// order: of m scores the ceil((m + 1) (1 - rate))-th smallest.
    /// </summary>
    public static ThresholdRule FalseAlarmRate(double rate) => new(rate, isPromise: true);

    /// <summary>The rule that options ask for.</summary>
    public static ThresholdRule Of(DetectorOptions options) =>
        options.FalseAlarmRate is { } rate ? FalseAlarmRate(rate)
        : options.ThresholdQuantile is { } quantile ? Quantile(quantile) : Contamination(options.Contamination);

    /// <summary>
    /// The smallest score that leaves at most the share above it: with distinct scores the flagged rate differs from the share by less than
    /// 1 / n. Rows that share the score at the threshold are not flagged, so that with many equal scores the rate can be far lower. A false-alarm
    /// rate that so few scores cannot promise takes the largest of them.
    /// </summary>
    public float Choose(ReadOnlySpan<float> scores)
    {
        if (scores.IsEmpty)
            throw new ArgumentException("There are no scores to choose a threshold from.", nameof(scores));
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length - 1 - AskedOf(sorted.Length)];
    }

    /// <summary>Where equal scores keep the threshold from flagging as many rows as asked for: what to tell the user; else null.</summary>
    /// <param name="scores">The scores that the threshold was chosen from.</param>
    /// <param name="threshold">The threshold.</param>
    /// <param name="kind">What their rows are: "training".</param>
    internal string? DescribeTies(ReadOnlySpan<float> scores, float threshold, string kind = "training")
    {
        int asked = AskedOf(scores.Length), flagged = 0, tied = 0;
        foreach (float score in scores)
        {
            flagged += score > threshold ? 1 : 0;
            tied += score == threshold ? 1 : 0;
        }

        return flagged >= asked ? null : string.Create(CultureInfo.InvariantCulture,
            $"The threshold flags {flagged} of {scores.Length} {kind} rows where {asked} were asked for: {tied} rows share the score at the threshold, {threshold}. ")
            + "Rows that are equal cannot be told apart; lower the threshold by hand if all of them are to be flagged.";
    }

    /// <summary>Where there are too few scores for the false-alarm rate: what to tell the user; else null.</summary>
    internal string? DescribeShortage(int scores)
    {
        int needed = _isPromise ? CalibrationRows.RowsFor(FlaggedShare) : 0;
        return needed <= scores ? null : string.Create(CultureInfo.InvariantCulture,
            $"{scores} held-out rows cannot promise a false-alarm rate of {FlaggedShare}; it takes {needed}. The threshold is their largest score, by which the rate is {1.0 / (scores + 1):G3}. ")
            + $"Give more training rows, or raise {nameof(DetectorOptions.CalibrationShare)} or {nameof(DetectorOptions.FalseAlarmRate)}.";
    }

    // A share such as 0.3 of 10 rows is 3 rows although 0.3 * 10 may round below 3.
    private int AskedOf(int rows) => _isPromise
        ? Math.Clamp((int)Math.Floor(FlaggedShare * (rows + 1.0) + 1e-9) - 1, 0, rows - 1)
        : Math.Min((int)Math.Floor(FlaggedShare * rows + 1e-9), rows - 1);
}
