namespace Adversarial.Detectors.Tests;

/// <summary>The threshold is the smallest score that leaves at most the asked share above it.</summary>
public class ThresholdRuleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equals_a_search_over_all_scores(int seed)
    {
        var random = new Random(seed);
        int levels = seed % 2 == 0 ? 1000 : 5;
        float[] scores = [.. Enumerable.Range(0, random.Next(1, 50)).Select(_ => (float)random.Next(levels))];
        for (int percent = 0; percent <= 100; percent += 5)
        {
            // Whole numbers: what "at most this share" means must not depend on rounding.
            float expected = scores.Order().First(candidate => 100 * scores.Count(score => score > candidate) <= percent * scores.Length);
            Assert.Equal(expected, ThresholdRule.Contamination(percent / 100.0).Choose(scores));
            Assert.Equal(expected, ThresholdRule.Quantile(1 - percent / 100.0).Choose(scores));
        }
    }

    [Fact]
    public void Nothing_is_flagged_by_the_share_zero_and_all_but_one_level_by_the_share_one()
    {
        Assert.Equal(4, ThresholdRule.Contamination(0).Choose([1, 4, 2, 3]));
        Assert.Equal(1, ThresholdRule.Contamination(1).Choose([1, 4, 2, 3]));
    }

    [Fact]
    public void The_quantile_goes_before_the_contamination()
    {
        Assert.Equal(0.2, ThresholdRule.Of(new ToyOptions { Contamination = 0.2 }).FlaggedShare);
        Assert.Equal(0.25, ThresholdRule.Of(new ToyOptions { Contamination = 0.2, ThresholdQuantile = 0.75 }).FlaggedShare);
    }

    [Fact]
    public void The_scores_stay_as_they_are()
    {
        float[] scores = [3, 1, 2];
        ThresholdRule.Contamination(0.5).Choose(scores);
        Assert.Equal([3, 1, 2], scores);
    }

    [Theory]
    [InlineData(0.05, 25)]
    [InlineData(0.1, 25)]
    [InlineData(0.5, 25)]
    [InlineData(0.02, 20)]
    public void Ties_flag_fewer_rows_than_asked_and_say_so(double share, int flagged)
    {
        // 950 equal rows, of the 50 others half above them.
        float[] scores = [.. Enumerable.Range(0, 1000).Select(i => i < 950 ? 0.5f : i % 2 == 0 ? 1f + i : -i)];
        ThresholdRule rule = ThresholdRule.Contamination(share);
        float threshold = rule.Choose(scores);
        Assert.Equal(flagged, scores.Count(score => score > threshold));
        string? warning = rule.DescribeTies(scores, threshold);
        if (flagged == 20)
            Assert.Null(warning);
        else
            Assert.StartsWith($"The threshold flags 25 of 1000 training rows where {1000 * share:F0} were asked for: 950 rows share the score at the threshold, 0.5.", warning);
    }

    [Fact]
    public void A_fit_with_ties_warns_its_listener()
    {
        var warnings = new List<string?>();
        ToyDetector detector = ToyDetector.Summing(new ToyOptions { Contamination = 0.3, Progress = new Listener(report => warnings.Add(report.Warning)) }, columns: 1);
        detector.Fit(FeatureMatrix.FromRows(Enumerable.Range(0, 10).Select(i => (float[])[i == 9 ? 1 : 0.5f])));
        Assert.Contains("flags 1 of 10 training rows where 3 were asked for", Assert.Single(warnings));
    }

    [Fact]
    public void No_scores_are_refused() =>
        Assert.Throws<ArgumentException>(() => ThresholdRule.Contamination(0.1).Choose([]));
}
