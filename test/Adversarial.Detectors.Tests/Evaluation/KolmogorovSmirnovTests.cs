namespace Adversarial.Detectors.Tests;

/// <summary>The two-sample test against published values, and what its p-values promise.</summary>
public class KolmogorovSmirnovTests
{
    // scipy.stats.kstwobign.sf of the corrected statistic, for two samples of 100 and of 50 and 2000.
    [Theory]
    [InlineData(0.10, 100, 100, 0.6766)]
    [InlineData(0.20, 100, 100, 0.0314)]
    [InlineData(0.25, 50, 2000, 0.0035)]
    [InlineData(0, 10, 10, 1)]
    [InlineData(1, 100, 100, 0)]
    public void PValuesAreThoseOfTheFormula(double distance, int first, int second, double expected) =>
        Assert.Equal(expected, KolmogorovSmirnov.PValue(distance, first, second), 4);

    [Fact]
    public void SamplesOfOneDistributionAreHardlyEverToldApart()
    {
        var random = new Random(1);
        int below = 0;
        for (int round = 0; round < 400; round++)
        {
            FeatureMatrix training = Rows(random, 300), rows = Rows(random, 200);
            Detector detector = DetectorRegistry.Get("kNN").Create(new KNearestNeighborsOptions { Seed = 1, CalibrationShare = 0.3 }, 2);
            detector.Fit(training);
            DetectorDrift drift = detector.Drift(rows);
            below += drift.Features.Any(feature => feature.AdjustedPValue < 0.05) ? 1 : 0;
        }

        // At most 5 % by the promise; 400 draws leave some room.
        Assert.InRange(below, 0, 36);

        // One feature is continuous, the other one of two values.
        static FeatureMatrix Rows(Random random, int count) =>
            FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => new[] { random.NextSingle(), random.NextDouble() < 0.1 ? 1f : 0 }));
    }

    [Fact]
    public void RareValuesAreCountedExactly()
    {
        var random = new Random(2);
        FeatureMatrix Rows(double share) => FeatureMatrix.FromRows(Enumerable.Range(0, 20_000).Select(_ => new[] { random.NextSingle(), random.NextDouble() < share ? 1f : 0 }));
        Detector detector = DetectorRegistry.Get("Isolation forest").Create(new IsolationForestOptions { Seed = 1 }, 2);
        detector.Fit(Rows(0.001));
        FeatureDrift drift = detector.Drift(Rows(0.02)).Features.Single(feature => feature.Index == 1);
        Assert.InRange(drift.Distance, 0.015, 0.023);
        Assert.InRange(drift.PValue, 0, 0.01);
    }
}
