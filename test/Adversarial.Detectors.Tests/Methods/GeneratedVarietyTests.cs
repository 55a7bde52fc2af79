namespace Adversarial.Detectors.Tests;

/// <summary>Generated rows are as varied as the rows that were trained on, and come with the score that is asked for.</summary>
public class GeneratedVarietyTests
{
    private const int Count = 300;

    private static readonly FeatureMatrix _narrow = Uniform((0.8f, 0.9f), (0.1f, 0.5f));
    private static readonly FeatureMatrix _wide = Uniform((-5, 5), (0, 1000), (0.2f, 0.3f), (0, 1));

    private static FeatureMatrix Uniform(params (float Low, float High)[] ranges)
    {
        var random = new Random(1);
        return FeatureMatrix.FromRows(Enumerable.Range(0, 400).Select(_ => Array.ConvertAll(ranges, range => float.Lerp(range.Low, range.High, random.NextSingle()))));
    }

    private static double Deviation(FeatureMatrix rows, int column)
    {
        double[] values = [.. Enumerable.Range(0, rows.Rows).Select(r => (double)rows[r][column])];
        return Math.Sqrt(values.Average(value => value * value) - Math.Pow(values.Average(), 2));
    }

    private static Detector Fit(NetworkDetectorOptions options, FeatureMatrix rows)
    {
        (options.Seed, options.NumberOfThreads, options.EnsembleSize) = (1, 1, 1);
        Detector detector = DetectorRegistry.For(options).Create(options, rows.Columns);
        detector.Fit(rows);
        return detector;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Those_of_Arn_vary_like_the_training_rows(int columns)
    {
        FeatureMatrix rows = columns == 2 ? _narrow : _wide;
        FeatureMatrix generated = Fit(new ArnOptions(), rows).GenerateAnomalies(Count, seed: 1);
        Assert.InRange(Enumerable.Range(0, columns).Average(c => Deviation(generated, c) / Deviation(rows, c)), 0.3, 1.5);
    }

    [Fact]
    public void Learning_to_generate_leaves_the_scores_of_Arns_discriminator_as_they_are()
    {
        float[] with = Fit(new ArnOptions { ResidualWeight = 0 }, _narrow).TrainingScores.ToArray();
        Assert.Equal(Fit(new ArnOptions { ResidualWeight = 0, NumberOfGenerationSteps = 0 }, _narrow).TrainingScores.ToArray(), with);
    }

    [Theory]
    [InlineData("ARN")]
    [InlineData("DA3D")]
    public void A_wanted_score_is_kept_by_each_row(string method)
    {
        Detector detector = Fit(method == "ARN" ? new ArnOptions() : new Da3dOptions { AnomalyGenerator = Da3dGenerator.Simple }, _wide);
        float[] scores = detector.Score(detector.GenerateAnomalies(Count, seed: 1));
        float median = scores.Order().ElementAt(Count / 2);
        FeatureMatrix above = detector.GenerateAnomalies(Count, seed: 1, median);
        Assert.Equal(Count, above.Rows);
        Assert.All(detector.Score(above), score => Assert.True(score >= median));
        string message = Assert.Throws<InvalidOperationException>(() => detector.GenerateAnomalies(1, seed: 1, float.MaxValue)).Message;
        Assert.Contains("Ask for a lower score, or train longer", message);
        Assert.All((float[])[float.NaN, float.NegativeInfinity, float.PositiveInfinity], score =>
            Assert.Throws<ArgumentOutOfRangeException>(() => detector.GenerateAnomalies(1, seed: 1, score)));
    }
}
