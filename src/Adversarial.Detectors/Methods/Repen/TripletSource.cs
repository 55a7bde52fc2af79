namespace Adversarial.Detectors;

/// <summary>
/// Likely inliers and outliers of the training rows by a first score (section 4.2 of the paper), and triplets of them: an inlier, another one, and an outlier.
/// </summary>
internal sealed class TripletSource
{
    // Cantelli: no more than 1 / (1 + 3) of the rows lie that many deviations above the mean, whatever their law.
    private static readonly double _deviations = Math.Sqrt(3);

    private const int MostWithoutThreshold = 10;
    private const double ShareWithoutThreshold = 0.1;

    private readonly double[] _queries;
    private readonly double[] _negatives;

    private TripletSource(int[] inliers, int[] outliers, double[] queries, double[] negatives)
    {
        (Inliers, Outliers, _queries, _negatives) = (inliers, outliers, queries, negatives);
    }

    /// <summary>Places of the likely inliers.</summary>
    public int[] Inliers { get; }

    /// <summary>Places of the likely outliers, at least one.</summary>
    public int[] Outliers { get; }

    /// <summary>Divides rows by their scores; where none stands out, the ten highest are taken, but at most a tenth of the rows and at least one.</summary>
    public static TripletSource Of(double[] scores)
    {
        double mean = scores.Average();
        double threshold = mean + _deviations * Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        int[] descending = [.. Enumerable.Range(0, scores.Length).OrderByDescending(r => scores[r])];
        int count = scores.Count(score => score > threshold);
        if (count == 0)
            count = Math.Clamp((int)(ShareWithoutThreshold * scores.Length), 1, MostWithoutThreshold);
        int[] outliers = [.. descending.Take(count).Order()], inliers = [.. descending.Skip(count).Order()];
        double sum = inliers.Sum(r => scores[r]);
        return new TripletSource(inliers, outliers,
            Cumulated([.. inliers.Select(r => inliers.Length == 1 ? 1 : sum - scores[r])]), Cumulated([.. outliers.Select(r => scores[r])]));
    }

    // Shares of the sum up to each; rows without any weight, as those that are all equal, are equally likely.
    private static double[] Cumulated(double[] weights)
    {
        double total = weights.Sum(), sum = 0;
        return [.. weights.Select(weight => sum += total > 0 ? weight / total : 1.0 / weights.Length)];
    }

    /// <summary>A triplet for three uniform numbers in [0, 1): an inlier, by how much lower its score is; any other inlier; an outlier, by its score.</summary>
    public (int Query, int Positive, int Negative) Draw(float ofQuery, float ofPositive, float ofNegative)
    {
        int query = Find(_queries, ofQuery);
        int positive = Math.Min((int)(ofPositive * (Inliers.Length - 1)), Math.Max(0, Inliers.Length - 2));
        if (positive >= query && Inliers.Length > 1)
            positive++;
        return (Inliers[query], Inliers[positive], Outliers[Find(_negatives, ofNegative)]);
    }

    private static int Find(double[] cumulated, double at)
    {
        int found = Array.BinarySearch(cumulated, at);
        return Math.Min(found < 0 ? ~found : found + 1, cumulated.Length - 1);
    }
}
