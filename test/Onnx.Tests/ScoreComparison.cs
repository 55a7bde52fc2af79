namespace Onnx.Tests;

/// <summary>How far two runtimes' scores of the same rows differ.</summary>
internal static class ScoreComparison
{
    /// <summary>What is allowed: |a - b| is at most this times the largest of |a|, |b| and the typical size of a score, the median of |a|.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The largest difference in these terms, and its row; infinite where one is a number and the other is none.</summary>
    public static (double Difference, int Row) Largest(float[] ours, float[] theirs)
    {
        Assert.Equal(ours.Length, theirs.Length);
        float[] sizes = [.. ours.Where(float.IsFinite).Select(Math.Abs).Order()];
        double typical = sizes.Length > 0 ? sizes[sizes.Length / 2] : 1, largest = 0;
        int row = -1;
        for (int r = 0; r < ours.Length; r++)
        {
            double difference = float.IsNaN(ours[r]) && float.IsNaN(theirs[r]) ? 0
                : !float.IsFinite(ours[r]) || !float.IsFinite(theirs[r]) ? double.PositiveInfinity
                : Math.Abs((double)ours[r] - theirs[r]) / Math.Max(Math.Max(Math.Abs(ours[r]), Math.Abs(theirs[r])), typical);
            // Of two numbers it is one: 0 / 0 is no agreement.
            if (double.IsNaN(difference))
                difference = float.Equals(ours[r], theirs[r]) ? 0 : double.PositiveInfinity;
            if (difference > largest)
                (largest, row) = (difference, r);
        }

        return (largest, row);
    }
}
