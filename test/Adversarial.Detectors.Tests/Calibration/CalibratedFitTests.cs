namespace Adversarial.Detectors.Tests;

/// <summary>Rows that are held out, and the threshold that is chosen by them.</summary>
public class CalibratedFitTests
{
    private static FeatureMatrix Rows(int count) => FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(i => (float[])[i / 1000f]));

    private static ToyDetector Fit(int rows, Action<ToyOptions> change)
    {
        var options = new ToyOptions { Seed = 1, OutOfRangeWeight = 0, InputScaling = InputScaling.None };
        change(options);
        ToyDetector detector = ToyDetector.Summing(options, columns: 1);
        detector.Fit(Rows(rows));
        return detector;
    }

    // One more score may take any place among m: of the ceil((m + 1) (1 - rate))-th smallest it is above with at most the rate's probability.
    [Theory]
    [InlineData(19, 0.05, 18)]
    [InlineData(20, 0.05, 19)]
    [InlineData(99, 0.01, 98)]
    [InlineData(100, 0.1, 90)]
    [InlineData(39, 0.05, 37)]
    [InlineData(1, 0.5, 0)]
    [InlineData(10, 0.05, 9)]
    public void The_threshold_leaves_one_more_score_above_it_by_at_most_the_rate(int held, double rate, int index)
    {
        float[] scores = [.. Enumerable.Range(0, held).Select(i => (float)i)];
        new Random(held).Shuffle(scores);
        Assert.Equal(index, ThresholdRule.FalseAlarmRate(rate).Choose(scores));
    }

    [Fact]
    public void Nothing_is_held_out_where_the_share_is_0()
    {
        ToyDetector detector = Fit(100, options => options.CalibrationShare = 0);
        Assert.Empty(detector.CalibrationScores.ToArray());
        Assert.Contains("CalibrationShare", Assert.Throws<InvalidOperationException>(() => detector.FalseAlarmRateOf(1)).Message);
    }

    [Theory]
    [InlineData(100, 0.25, null, 25)]
    [InlineData(100, 0.25, 0.01, 25)]
    [InlineData(100, 0.0, 0.1, 20)]
    [InlineData(60, 0.0, 0.1, 20)]
    [InlineData(30, 0.0, 0.1, 15)]
    [InlineData(300, 0.0, 0.01, 99)]
    [InlineData(150, 0.0, 0.01, 75)]
    [InlineData(3, 0.5, null, 1)]
    [InlineData(3, 0.0, 0.5, 1)]
    public void So_many_rows_are_held_out(int rows, double share, double? rate, int held)
    {
        ToyDetector detector = Fit(rows, options => (options.CalibrationShare, options.FalseAlarmRate) = (share, rate));
        float[] scores = detector.CalibrationScores.ToArray();
        Assert.Equal(held, scores.Length);
        Assert.Equal(scores.Order(), scores);
        Assert.Subset(detector.TrainingScores.ToArray().ToHashSet(), scores.ToHashSet());
        Assert.Equal(detector.Score(Rows(rows)), detector.TrainingScores.ToArray());
    }

    // A fifth, at most 300 or ten that are flagged; fewer than 50 rows cannot spare any, and more than 10,000 need not.
    [Theory]
    [InlineData(49, 0.05, 0)]
    [InlineData(50, 0.05, 10)]
    [InlineData(1000, 0.05, 200)]
    [InlineData(4000, 0.05, 300)]
    [InlineData(4000, 0.0, 300)]
    [InlineData(4000, 0.02, 500)]
    [InlineData(4000, 0.001, 800)]
    [InlineData(10_001, 0.05, 0)]
    public void Where_the_share_is_open_a_method_that_flatters_its_rows_spares_some(int rows, double contamination, int spared)
    {
        Assert.Equal(spared, CalibrationRows.Count(rows, new ToyOptions { Contamination = contamination }, flatters: true));
        Assert.Equal(0, CalibrationRows.Count(rows, new ToyOptions { Contamination = contamination }, flatters: false));
    }

    [Fact]
    public void Networks_and_mixtures_flatter_their_rows()
    {
        string[] flattering = [.. DetectorRegistry.All.Where(method => method.Create(method.CreateOptions(), 3).FlattersTrainingRows).Select(method => method.Name)];
        Assert.Superset(new HashSet<string> { "DA3D", "ALAD", "ARN", "Autoencoder", "Gaussian mixture" }, flattering.ToHashSet());
        Assert.Empty(flattering.Intersect(["kNN", "LOF", "Isolation forest", "One-class SVM", "AnoEAN", "Committee"]));
    }

    [Fact]
    public void The_method_never_sees_them()
    {
        var seen = new List<float>();
        var detector = new ToyDetector(new ToyOptions { CalibrationShare = 0.25 }, 1, toy =>
        {
            toy.SetWeights(1, 0);
            return [new TrainingPhase("seen", 1, step => seen.AddRange(step.Features.ToArray()))];
        });
        detector.Fit(Rows(40));
        Assert.Equal(30, seen.Count);
        Assert.Equal(10, detector.CalibrationScores.Length);
        Assert.Empty(seen.Intersect(detector.CalibrationScores.ToArray()));
    }

    [Fact]
    public void The_threshold_is_chosen_by_the_held_out_scores()
    {
        ToyDetector shared = Fit(200, options => (options.CalibrationShare, options.Contamination) = (0.2, 0.1));
        Assert.Equal(ThresholdRule.Contamination(0.1).Choose(shared.CalibrationScores.Span), shared.Threshold);
        ToyDetector quantile = Fit(200, options => (options.CalibrationShare, options.ThresholdQuantile) = (0.2, 0.75));
        Assert.Equal(ThresholdRule.Quantile(0.75).Choose(quantile.CalibrationScores.Span), quantile.Threshold);
        ToyDetector rate = Fit(200, options => (options.FalseAlarmRate, options.ThresholdQuantile) = (0.1, 0.5));
        Assert.Equal(ThresholdRule.FalseAlarmRate(0.1).Choose(rate.CalibrationScores.Span), rate.Threshold);
        // What is flagged is what has at most that rate.
        Assert.All(rate.CalibrationScores.ToArray(), score => Assert.Equal(score > rate.Threshold, rate.FalseAlarmRateOf(score) <= 0.1f));
    }

    [Fact]
    public void Too_few_rows_for_the_rate_are_told_how_many_it_takes()
    {
        var warnings = new List<string>();
        ToyDetector detector = Fit(30, options =>
        {
            options.FalseAlarmRate = 0.01;
            options.Progress = new Listener(report => warnings.Add(report.Warning ?? ""));
        });
        Assert.Contains("15 held-out rows cannot promise a false-alarm rate of 0.01; it takes 99.", Assert.Single(warnings, warning => warning.Length > 0));
        Assert.Equal(detector.CalibrationScores.ToArray().Max(), detector.Threshold);
    }

    [Fact]
    public void Two_rows_cannot_spare_one()
    {
        Assert.Contains("CalibrationShare", Assert.Throws<InvalidOperationException>(() => Fit(2, options => options.CalibrationShare = 0.5)).Message);
        Assert.Contains("FalseAlarmRate", Assert.Throws<InvalidOperationException>(() => Fit(2, options => options.FalseAlarmRate = 0.5)).Message);
    }

    [Theory]
    [InlineData(nameof(DetectorOptions.CalibrationShare), -0.1)]
    [InlineData(nameof(DetectorOptions.CalibrationShare), 0.51)]
    [InlineData(nameof(DetectorOptions.CalibrationShare), double.NaN)]
    [InlineData(nameof(DetectorOptions.FalseAlarmRate), 0.0)]
    [InlineData(nameof(DetectorOptions.FalseAlarmRate), 0.51)]
    [InlineData(nameof(DetectorOptions.FalseAlarmRate), double.NaN)]
    public void Options_out_of_range_are_named(string option, double value)
    {
        var options = new ToyOptions();
        typeof(DetectorOptions).GetProperty(option)!.SetValue(options, value);
        Assert.Equal(option, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
    }

    [Fact]
    public void Ties_at_the_threshold_never_raise_the_rate()
    {
        var options = new ToyOptions { Seed = 1, FalseAlarmRate = 0.1, OutOfRangeWeight = 0 };
        ToyDetector detector = ToyDetector.Summing(options, columns: 1);
        detector.Fit(FeatureMatrix.FromRows(Enumerable.Range(0, 200).Select(i => (float[])[i % 3 / 2f])));
        float top = detector.CalibrationScores.ToArray().Max();
        Assert.Equal(top, detector.Threshold);
        Assert.True(detector.FalseAlarmRateOf(top) > 0.2f);
    }
}
