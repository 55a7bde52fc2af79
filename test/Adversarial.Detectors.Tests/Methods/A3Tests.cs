namespace Adversarial.Detectors.Tests;

public class A3Tests
{
    [Theory]
    [InlineData(122, new[] { 201, 100, 50 }, 25)]
    [InlineData(29, new[] { 48, 24, 12 }, 6)]
    [InlineData(1, new[] { 16, 8, 4 }, 2)]
    [InlineData(1000, new[] { 300, 150, 75 }, 37)]
    public void Sizes_follow_the_authors(int columns, int[] encoder, int latent)
    {
        A3Sizes sizes = A3Sizes.Of(new A3Options(), columns);
        Assert.Equal(encoder, sizes.Encoder);
        Assert.Equal(latent, sizes.Latent);
        Assert.Equal(2 * encoder.Sum() + latent, sizes.Activations);
        Assert.Equal(sizes.Activations - latent, A3Sizes.Of(new A3Options { ReadCode = false }, columns).Activations);
    }

    [Fact]
    public void Known_anomalies_are_asked_for_where_they_are_used()
    {
        Assert.Equal(0, new A3Options().LeastAnomalies);
        Assert.Equal(1, new A3Options { UseKnownAnomalies = true }.LeastAnomalies);
        Assert.Throws<InvalidOperationException>(() =>
            DetectorRegistry.Get("A3").Create(new A3Options { UseKnownAnomalies = true, MaximumNumberOfSteps = 2 }, SmallModels.Rows.Columns).Fit(SmallModels.Rows));
    }

    // Anomalies that lie among the normal rows in each feature, and noise does not show.
    [Fact]
    public void The_alarm_learns_known_anomalies()
    {
        var random = new Random(4);
        FeatureMatrix Rows(int count, bool anomalous) => FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ =>
        {
            float a = random.NextSingle(), b = anomalous ? 1 - a : a;
            return (float[])[a, b + 0.05f * random.NextSingle(), random.NextSingle()];
        }));
        FeatureMatrix normal = Rows(300, false), known = Rows(20, true), test = Rows(100, false), anomalies = Rows(100, true);
        double Auc(bool uses)
        {
            var options = new A3Options { Seed = 1, NumberOfThreads = 1, UseKnownAnomalies = uses, MaximumNumberOfSteps = 600 };
            Detector detector = DetectorRegistry.Get("A3").Create(options, 3);
            detector.Fit(normal, uses ? known : null);
            float[] scores = [.. detector.Score(test), .. detector.Score(anomalies)];
            return AnomalyMetrics.Evaluate(scores, [.. scores.Select((_, i) => i >= 100)]).RocAuc;
        }

        Assert.InRange(Auc(uses: true), Auc(uses: false) + 0.02, 1);
    }
}
