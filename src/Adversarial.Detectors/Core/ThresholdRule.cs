using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>Chooses a threshold from training scores such that a given share of them lies above it.</summary>
public readonly record struct ThresholdRule
{
    private ThresholdRule(double flaggedShare) => FlaggedShare = flaggedShare;

    /// <summary>Share of the scores above the threshold, in [0, 1].</summary>
    public double FlaggedShare { get; }

    /// <summary>The rule that flags this share, in [0, 1].</summary>
    public static ThresholdRule Contamination(double share) => new(share);

    /// <summary>The rule that takes this quantile of the scores, in [0, 1].</summary>
    public static ThresholdRule Quantile(double quantile) => new(1 - quantile);

    /// <summary>The rule that options ask for.</summary>
    public static ThresholdRule Of(DetectorOptions options) =>
        options.ThresholdQuantile is { } quantile ? Quantile(quantile) : Contamination(options.Contamination);

    /// <summary>
    /// The smallest score that leaves at most the share above it: with distinct scores the flagged rate differs from the share by less than
    /// 1 / n. Rows that share the score at the threshold are not flagged, so that with many equal scores the rate can be far lower.
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
    internal string? DescribeTies(ReadOnlySpan<float> scores, float threshold)
    {
        int asked = AskedOf(scores.Length), flagged = 0, tied = 0;
        foreach (float score in scores)
        {
            flagged += score > threshold ? 1 : 0;
            tied += score == threshold ? 1 : 0;
        }

        return flagged >= asked ? null : string.Create(CultureInfo.InvariantCulture,
            $"The threshold flags {flagged} of {scores.Length} training rows where {asked} were asked for: {tied} rows share the score at the threshold, {threshold}. ")
            + "Rows that are equal cannot be told apart; lower the threshold by hand if all of them are to be flagged.";
    }

    // A share such as 0.3 of 10 rows is 3 rows although 0.3 * 10 may round below 3.
    private int AskedOf(int rows) => Math.Min((int)Math.Floor(FlaggedShare * rows + 1e-9), rows - 1);
}
