namespace Adversarial.Detectors.Tests;

/// <summary>What a member's score means by the scores of held-out rows.</summary>
public class TailCurveTests
{
    private static readonly float[] _scores = [3, 1, 2, 2, 5];

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 4)]
    [InlineData(3, 2)]
    [InlineData(5, 1)]
    public void At_a_held_out_score_it_is_the_share_of_rows_that_score_as_high(float score, int reaching) =>
        Assert.Equal(-Math.Log(reaching / 6.0), TailCurve.Of(_scores).HeightOf(score), 1e-12);

    [Fact]
    public void It_rises_strictly_and_without_jumps_far_beyond_the_scores()
    {
        var random = new Random(1);
        TailCurve curve = TailCurve.Of([.. Enumerable.Range(0, 500).Select(_ => (float)Math.Exp(3 * random.NextDouble()))]);
        float[] at = [-1e30f, -1e6f, -100, -1, .. Enumerable.Range(0, 4000).Select(i => 0.5f + i / 180f), 30, 1e3f, 1e6f, 1e30f, float.MaxValue];
        double[] heights = [.. at.Select(curve.HeightOf)];
        for (int i = 1; i < at.Length; i++)
            Assert.True(heights[i] > heights[i - 1], $"{at[i - 1]}: {heights[i - 1]}, {at[i]}: {heights[i]}");
        foreach (float score in at.Where(score => score is > 0.5f and < 25))
            Assert.True(curve.HeightOf(MathF.BitIncrement(score)) - curve.HeightOf(score) < 1e-3, $"It jumps at {score}.");
        Assert.True(heights[0] > 0);
    }

    [Fact]
    public void Beyond_the_highest_score_it_goes_on_as_an_exponential_tail()
    {
        // Of ten scores one is the tail: it exceeds the one below by 4.
        TailCurve curve = TailCurve.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 13]);
        Assert.Equal(Math.Log(11) + 2, curve.HeightOf(13 + 2 * 4), 1e-9);
    }

    [Theory]
    [InlineData(7f)]
    [InlineData(0f)]
    [InlineData(-1e30f)]
    public void Scores_that_are_all_one_still_tell_higher_from_lower(float score)
    {
        TailCurve curve = TailCurve.Of([score, score, score]);
        Assert.True(curve.HeightOf(score - 1e29f) < curve.HeightOf(score) && curve.HeightOf(score) < curve.HeightOf(score + 1e29f));
    }

    [Fact]
    public void No_number_has_no_height() => Assert.True(double.IsNaN(TailCurve.Of(_scores).HeightOf(float.NaN)));

    [Fact]
    public void Stored_ones_are_the_same_and_such_that_do_not_rise_are_refused()
    {
        using var stream = new MemoryStream();
        TailCurve curve = TailCurve.Of(_scores);
        curve.Save(new BinaryWriter(stream));
        byte[] bytes = stream.ToArray();
        TailCurve loaded = TailCurve.Load(new BinaryReader(new MemoryStream(bytes)));
        Assert.All((float[])[-3, 1, 1.5f, 4, 9], score => Assert.Equal(curve.HeightOf(score), loaded.HeightOf(score)));

        // Four scores, four heights, two units.
        foreach ((int at, double value) in (IEnumerable<(int, double)>)[(20, -1), (28, 9), (36, double.NaN), (52, 0), (60, double.PositiveInfinity)])
        {
            byte[] bad = [.. bytes];
            BitConverter.TryWriteBytes(bad.AsSpan(at), value);
            Assert.Throws<FormatException>(() => TailCurve.Load(new BinaryReader(new MemoryStream(bad))));
        }

        Assert.Throws<EndOfStreamException>(() => TailCurve.Load(new BinaryReader(new MemoryStream([255, 255, 255, 127, 0]))));
    }
}
