namespace Adversarial.Detectors.Tests;

/// <summary>Rows outside the training rows' range are raised, those inside are left as they are.</summary>
public class OutOfRangeGuardTests
{
    // Whatever is larger scores lower: networks left to themselves would call a far outlier the most normal row of all.
    private static ToyDetector Fit(float weight, params float[][] rows)
    {
        var options = new ToyOptions { OutOfRangeWeight = weight, InputScaling = InputScaling.MinMax, CalibrationShare = 0 };
        int columns = rows[0].Length;
        var detector = new ToyDetector(options, columns, toy =>
        {
            toy.SetWeights([.. Enumerable.Repeat(-1f, columns), 0]);
            return [];
        });
        detector.Fit(FeatureMatrix.FromRows(rows));
        return detector;
    }

    private static float Score(Detector detector, params float[] row) => detector.CreateScorer().Score(row);

    [Fact]
    public void Rows_inside_keep_their_scores_to_the_bit()
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 11).Select(_ => 30 * random.NextSingle() - 7).ToArray())];
        Detector guarded = Fit(1, rows), bare = Fit(0, rows);
        Assert.Equal(bare.TrainingScores.ToArray(), guarded.TrainingScores.ToArray());
        Assert.Equal(bare.Threshold, guarded.Threshold);
        Assert.Equal(guarded.TrainingScores.ToArray(), guarded.Score(FeatureMatrix.FromRows(rows)));
        float[][] between = [.. rows.Zip(rows.Skip(1), (a, b) => a.Zip(b, (x, y) => (x + y) / 2).ToArray())];
        Assert.Equal(bare.Score(FeatureMatrix.FromRows(between)), guarded.Score(FeatureMatrix.FromRows(between)));
    }

    [Theory]
    [InlineData(0.2f, 0.3f)]
    [InlineData(0.85f, 0.95f)]
    [InlineData(0.85f, 1e20f)]
    [InlineData(-float.MaxValue, 0.3f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    public void A_feature_a_whole_range_away_is_flagged(float x, float y)
    {
        float[][] rows = [[0.8f, 0.1f], [0.9f, 0.5f], [0.83f, 0.2f], [0.88f, 0.45f]];
        Detector guarded = Fit(1, rows);
        float greatest = guarded.TrainingScores.ToArray().Max();
        Assert.True(Score(guarded, x, y) > greatest, $"{Score(guarded, x, y)} is not above {greatest}.");
        Assert.True(float.IsFinite(Score(guarded, x, y)));
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-100, -80)]
    public void A_feature_that_was_constant_is_flagged_at_another_value(float constant, float other)
    {
        Detector guarded = Fit(1, [constant, 0.1f], [constant, 0.5f], [constant, 0.3f]);
        Assert.True(Score(guarded, other, 0.5f) > guarded.Threshold);
        Assert.True(Score(guarded, constant, 0.3f) <= guarded.Threshold);
    }

    [Fact]
    public void The_score_grows_with_the_distance_and_with_the_features_that_are_away()
    {
        Detector guarded = Fit(1, [0, 0, 0], [1, 1, 1], [0.5f, 0.2f, 0.8f]);
        float[] distances = [0.01f, 0.1f, 0.5f, 0.9f, 1, 2, 10, 500];
        float[] one = [.. distances.Select(d => Score(guarded, 1 + d, 0.5f, 0.5f))];
        float[] two = [.. distances.Select(d => Score(guarded, 1 + d, -d, 0.5f))];
        Assert.Equal(one.Order(), one);
        Assert.All(one.Zip(two), pair => Assert.True(pair.Second > pair.First));
    }

    [Fact]
    public void Weight_0_leaves_scores_to_the_networks()
    {
        Detector bare = Fit(0, [0, 0], [1, 1]);
        Assert.Equal(-4, Score(bare, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToyOptions { OutOfRangeWeight = -1 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToyOptions { OutOfRangeWeight = float.NaN }.Validate());
    }
}
