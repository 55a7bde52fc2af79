using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

/// <summary>The unit that makes scores of several parts comparable.</summary>
public class ScoreUnitTests
{
    private static ScoreUnit Reloaded(float mean, float deviation)
    {
        using var stream = new MemoryStream();
        new ScoreUnit(mean, deviation).Save(new BinaryWriter(stream));
        Assert.Equal(ScoreUnit.Length, stream.Length);
        stream.Position = 0;
        return ScoreUnit.Load(new BinaryReader(stream), "the part");
    }

    [Fact]
    public void It_is_mean_and_deviation() => Assert.Equal(new ScoreUnit(5, 2), ScoreUnit.Of([2, 4, 4, 4, 5, 5, 7, 9]));

    [Fact]
    public void Scores_that_are_all_equal_have_the_unit_one() => Assert.Equal(new ScoreUnit(3, 1), ScoreUnit.Of([3, 3, 3]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_not_finite_have_none(float score) => Assert.Throws<TrainingDivergedException>(() => ScoreUnit.Of([1, score, 2]));

    [Fact]
    public void Large_scores_do_not_overflow() => Assert.Equal(new ScoreUnit(0, 3e38f), ScoreUnit.Of([3e38f, -3e38f]));

    [Fact]
    public void Scores_are_counted_in_deviations_from_the_mean()
    {
        var tape = new Tape(new CpuDevice(), recording: false);
        Tensor scores = tape.Constant([5, 9, 1], 3, 1);
        Assert.Equal([0, 2, -2], new ScoreUnit(5, 2).Apply(scores).ToArray());
        Assert.Equal([0, 0.5f, -0.5f], new ScoreUnit(5, 2).Apply(scores, weight: 0.25f).ToArray());
        Assert.Equal([5, 9, 1], ScoreUnit.One.Apply(scores).ToArray());
    }

    [Fact]
    public void What_is_saved_is_what_is_loaded() => Assert.Equal(new ScoreUnit(-1.5f, 0.125f), Reloaded(-1.5f, 0.125f));

    [Theory]
    [InlineData(float.NaN, 1, "mean score of the part")]
    [InlineData(float.NegativeInfinity, 1, "mean score of the part")]
    [InlineData(0, 0, "deviation of the scores of the part")]
    [InlineData(0, -2, "deviation of the scores of the part")]
    [InlineData(0, float.NaN, "deviation of the scores of the part")]
    public void A_unit_that_no_scores_have_is_refused(float mean, float deviation, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Reloaded(mean, deviation)).Message);
}
