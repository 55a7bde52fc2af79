namespace Adversarial.Detectors.Tests;

/// <summary>How rare a score is, by those of held-out rows.</summary>
public class ReferenceScoresTests
{
    [Theory]
    [InlineData(0f, 1)]
    [InlineData(1f, 1)]
    [InlineData(1.5f, 0.8)]
    [InlineData(2f, 0.8)]
    [InlineData(2.5f, 0.4)]
    [InlineData(9f, 0.4)]
    [InlineData(10f, 0.2)]
    [InlineData(float.PositiveInfinity, 0.2)]
    [InlineData(float.NegativeInfinity, 1)]
    public void Counts_the_scores_that_are_as_high(float score, double expected) =>
        Assert.Equal((float)expected, ReferenceScores.Of([2, 9, 1, 2]).RateOf(score));

    [Fact]
    public void No_number_has_no_rate() => Assert.True(float.IsNaN(ReferenceScores.Of([1, 2]).RateOf(float.NaN)));

    [Fact]
    public void Of_very_many_the_upper_tail_is_exact_and_the_rest_never_too_low()
    {
        const int Count = 123_457;
        float[] scores = [.. Enumerable.Range(0, Count).Select(i => (float)i)];
        new Random(1).Shuffle(scores);
        ReferenceScores reference = ReferenceScores.Of(scores);
        Assert.Equal(10_000, reference.Kept.Length);
        for (int score = 0; score < Count; score += score < Count - 5_100 ? 97 : 1)
        {
            double exact = (1.0 + Count - score) / (1.0 + Count), given = reference.RateOf(score);
            if (score > Count - 5_000)
                Assert.Equal((float)exact, (float)given);
            else
                Assert.InRange(given, exact - 1e-6, exact + 1.0 / 4_900);
        }

        using var stream = new MemoryStream();
        ReferenceScores.Save(reference, new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Equal(reference.RateOf(60_000.5f), ReferenceScores.Load(new BinaryReader(stream))!.RateOf(60_000.5f));
    }

    [Fact]
    public void Stored_scores_that_no_fit_keeps_are_refused()
    {
        static BinaryReader Content(int count, params float[] scores)
        {
            var stream = new MemoryStream();
            var writer = new BinaryWriter(stream);
            writer.Write(count);
            foreach (float score in scores)
                writer.Write(score);
            stream.Position = 0;
            return new BinaryReader(stream);
        }

        Assert.Null(ReferenceScores.Load(Content(0)));
        Assert.Equal([1, 1, 2], ReferenceScores.Load(Content(3, 1, 1, 2))!.Kept.ToArray());
        Assert.Throws<FormatException>(() => ReferenceScores.Load(Content(-1)));
        Assert.Throws<FormatException>(() => ReferenceScores.Load(Content(2, 2, 1)));
        Assert.Throws<FormatException>(() => ReferenceScores.Load(Content(2, 1, float.NaN)));
        Assert.Throws<FormatException>(() => ReferenceScores.Load(Content(2, 1, float.PositiveInfinity)));
        Assert.Throws<EndOfStreamException>(() => ReferenceScores.Load(Content(int.MaxValue, 1)));
    }
}
