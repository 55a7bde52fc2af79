namespace Adversarial.Detectors.Tests;

/// <summary>What the networks see of a feature: a toy detector of one feature scores a row by its scaled value.</summary>
public class InputScalingTests
{
    private static Detector Fit(bool normalize, params float[] values)
    {
        ToyDetector detector = ToyDetector.Summing(new ToyOptions { InputScaling = normalize ? InputScaling.MinMax : InputScaling.None }, columns: 1);
        detector.Fit(FeatureMatrix.FromRows(values.Select(value => (float[])[value])));
        return detector;
    }

    private static float[] Score(Detector detector, params float[] values) =>
        detector.Score(FeatureMatrix.FromRows(values.Select(value => (float[])[value])));

    [Fact]
    public void Identity_inside_the_unit_interval()
    {
        Detector detector = Fit(true, 0.2f, 0.7f, 0.35f);
        Assert.Equal(0, detector.ScaledColumns);
        Assert.Equal([0.2f, 0.7f, 0.35f], detector.TrainingScores.ToArray());
        Assert.Equal([-3, 5, 0.1f], Score(detector, -3, 5, 0.1f));
    }

    [Fact]
    public void A_narrow_part_of_the_unit_interval_is_stretched()
    {
        Detector detector = Fit(true, 0.5f, 0.52f, 0.515f);
        Assert.Equal(1, detector.ScaledColumns);
        Assert.Equal([0, 1, 0.75f], detector.TrainingScores.ToArray().Select(score => MathF.Round(score, 4)));
    }

    [Fact]
    public void Others_are_scaled_to_it_and_new_values_stay_outside()
    {
        Detector detector = Fit(true, -10, 30, 10);
        Assert.Equal(1, detector.ScaledColumns);
        Assert.Equal([0, 1, 0.5f], detector.TrainingScores.ToArray());
        Assert.Equal([-1, 3, 2], Score(detector, -50, 110, 70));
    }

    [Fact]
    public void Nothing_is_scaled_where_it_is_not_wanted()
    {
        Detector detector = Fit(false, -10, 30, 10);
        Assert.Equal(0, detector.ScaledColumns);
        Assert.Equal([-10, 30, 10], detector.TrainingScores.ToArray());
    }

    [Theory]
    [InlineData(0.5f, 0.5f, 0.75f, 0.75f)]
    [InlineData(7, 0, 14, 1)]
    [InlineData(-200, 0, -100, 0.5f)]
    [InlineData(float.MaxValue, 0, 0, -1)]
    public void A_constant_column_tells_a_new_value_by_its_distance(float constant, float scaled, float other, float otherScaled)
    {
        Detector detector = Fit(true, constant, constant, constant);
        Assert.All(detector.TrainingScores.ToArray(), score => Assert.Equal(scaled, score));
        Assert.Equal(otherScaled, Score(detector, other)[0], 6);
    }

    [Fact]
    public void The_widest_range_of_floats_is_scaled_without_overflow()
    {
        Detector detector = Fit(true, -float.MaxValue, float.MaxValue, 0);
        float[] scores = detector.TrainingScores.ToArray();
        Assert.Equal(0, scores[0]);
        Assert.All(scores, score => Assert.InRange(score, 0, 10));
        Assert.True(scores[0] < scores[2] && scores[2] < scores[1]);
    }

    [Fact]
    public void A_narrow_range_stays_finite()
    {
        Detector detector = Fit(true, -1e-37f, 1e-37f, 0);
        Assert.All(detector.TrainingScores.ToArray(), score => Assert.True(float.IsFinite(score)));
        Assert.All(Score(detector, 1, -1, float.MaxValue), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Rows_of_nothing_but_denormal_numbers_are_told_what_helps() =>
        Assert.Contains("Multiply the features by a constant", Assert.Throws<InvalidOperationException>(() => Fit(true, -float.Epsilon, 1e-40f, 0)).Message);

    [Fact]
    public void Values_far_beyond_are_cut()
    {
        Detector detector = Fit(true, 0, 2, 1);
        float[] scores = Score(detector, float.MaxValue, -float.MaxValue, 1e30f);
        Assert.Equal([1e6f, -1e6f, 1e6f], scores);
    }

    [Fact]
    public void Each_column_has_its_own_scale()
    {
        ToyDetector detector = ToyDetector.Summing(new ToyOptions { InputScaling = InputScaling.MinMax }, columns: 2);
        detector.Fit(FeatureMatrix.FromRows([[0, 0.25f], [10, 0.5f], [5, 1]]));
        Assert.Equal(1, detector.ScaledColumns);
        Assert.Equal([0.25f, 1.5f, 1.5f], detector.TrainingScores.ToArray());
    }
}
