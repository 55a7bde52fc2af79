namespace Adversarial.Detectors.Tests;

public class VaeTests
{
    [Theory]
    [InlineData(1, 64, 1)]
    [InlineData(6, 64, 3)]
    [InlineData(50, 100, 8)]
    [InlineData(500, 128, 8)]
    public void Sizes_follow_the_number_of_features(int columns, int first, int latent)
    {
        VaeSizes sizes = VaeSizes.Of(new VaeOptions(), columns);
        Assert.Equal([first, first / 2], sizes.Encoder);
        Assert.Equal([first / 2, first], sizes.Decoder);
        Assert.Equal(latent, sizes.Latent);
    }

    [Fact]
    public void Draws_of_the_code_bring_a_score_near_the_one_of_its_mean_and_never_change()
    {
        FeatureMatrix rows = Rows();
        float[] Scores(int samples)
        {
            var options = new VaeOptions { Seed = 1, NumberOfEpochs = 40, EnsembleSize = 1, OutOfRangeWeight = 0, NumberOfSamples = samples };
            Detector detector = DetectorRegistry.Get("VAE").Create(options, rows.Columns);
            detector.Fit(rows);
            Assert.Equal(detector.Score(rows, threads: 1), detector.Score(rows, threads: 2));
            return detector.Score(rows);
        }

        float[] atMean = Scores(0), drawn = Scores(64);
        Assert.NotEqual(atMean, drawn);
        // Draws are spread around the mean, where the likelihood is greatest.
        Assert.True(drawn.Average() > atMean.Average());
        double Correlation(float[] a, float[] b) => a.Zip(b).Sum(p => (p.First - a.Average()) * (p.Second - b.Average()))
            / Math.Sqrt(a.Sum(v => Math.Pow(v - a.Average(), 2)) * b.Sum(v => Math.Pow(v - b.Average(), 2)));
        Assert.True(Correlation(atMean, drawn) > 0.9);
    }

    [Fact]
    public void The_divergence_is_never_below_zero_and_lower_with_a_greater_weight()
    {
        double Divergence(float beta)
        {
            var values = new List<double>();
            var options = new VaeOptions
            {
                Seed = 1,
                NumberOfEpochs = 60,
                EnsembleSize = 1,
                Beta = beta,
                Progress = new Listener(report => values.AddRange(report.Losses.Where(loss => loss.Name == "divergence").Select(loss => loss.Value))),
            };
            FeatureMatrix rows = Rows();
            DetectorRegistry.Get("VAE").Create(options, rows.Columns).Fit(rows);
            Assert.All(values, value => Assert.True(value >= -1e-4));
            return values[^1];
        }

        Assert.True(Divergence(100) < 0.5 * Divergence(0.01f));
    }

    // Two sources and some noise in five features.
    private static FeatureMatrix Rows()
    {
        var random = new Random(3);
        return FeatureMatrix.FromRows(Enumerable.Range(0, 200).Select(_ =>
        {
            float a = random.NextSingle(), b = random.NextSingle();
            return (float[])[a, b, a + b, a - b, random.NextSingle()];
        }));
    }
}
