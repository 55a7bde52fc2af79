using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

public class DeepSvddTests
{
    [Theory]
    [InlineData(1, 32, 16, 2)]
    [InlineData(9, 32, 16, 4)]
    [InlineData(29, 32, 16, 8)]
    [InlineData(30, 64, 32, 16)]
    [InlineData(200, 128, 64, 32)]
    public void Sizes_follow_the_number_of_features(int columns, int first, int second, int latent)
    {
        DeepSvddSizes sizes = DeepSvddSizes.Of(new DeepSvddOptions(), columns);
        Assert.Equal([first, second], sizes.Encoder);
        Assert.Equal([second, first], sizes.Decoder);
        Assert.Equal(latent, sizes.Latent);
    }

    [Fact]
    public void The_radius_is_a_quantile_of_the_distances()
    {
        var sphere = new Hypersphere(new CpuDevice(), 2);
        sphere.SetRadius([16, 1, 9, 4, 25], 0.5);
        Assert.Equal(9, sphere.SquaredRadius);
        sphere.SetRadius([16, 1, 9, 4, 25], 0.875);
        Assert.Equal(4.5f * 4.5f, sphere.SquaredRadius);
        sphere.SetRadius([4], 0.9);
        Assert.Equal(4, sphere.SquaredRadius);
    }

    [Fact]
    public void A_soft_boundary_leaves_about_nu_of_the_rows_outside()
    {
        Detector detector = Fit(options => (options.Objective, options.Nu, options.NumberOfEpochs) = (DeepSvddObjective.SoftBoundary, 0.2, 200));
        Assert.InRange(detector.TrainingScores.ToArray().Count(score => score > 0) / 300.0, 0.1, 0.3);
    }

    [Fact]
    public void No_parameter_can_give_the_centre_whatever_the_row_is()
    {
        var detector = (NetworkDetector)Fit(_ => { });
        var encoder = (Mlp)detector.Networks[0];
        Assert.All(encoder.Layers, layer => Assert.False(layer.HasBias));
        Assert.Equal(encoder.Layers.Sum(layer => layer.Inputs * layer.Outputs), encoder.Parameters.Count);
    }

    [Fact]
    public void No_coordinate_of_the_centre_is_close_to_zero()
    {
        var sphere = (Hypersphere)((NetworkDetector)Fit(_ => { })).Networks[^1];
        var center = new float[sphere.Center.Columns];
        sphere.Parameters.Device.Download(sphere.Center, center);
        Assert.All(center, value => Assert.True(Math.Abs(value) >= 0.1f));
    }

    [Fact]
    public void A_fit_that_is_cancelled_before_the_sphere_scores_by_distances_from_a_centre()
    {
        using var source = new CancellationTokenSource();
        var detector = (NetworkDetector)Fit(options =>
        {
            options.CancellationBehavior = CancellationBehavior.KeepSoFar;
            options.CancellationToken = source.Token;
            options.Progress = new Listener(_ => source.Cancel());
        });
        Assert.True(((Hypersphere)detector.Networks[^1]).IsPlaced);
    }

    private static Detector Fit(Action<DeepSvddOptions> change)
    {
        var random = new Random(3);
        FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Range(0, 300).Select(_ =>
        {
            float a = random.NextSingle(), b = random.NextSingle();
            return (float[])[a, b, a + b, a - b, random.NextSingle()];
        }));
        var options = new DeepSvddOptions { Seed = 1, EnsembleSize = 1, NumberOfPretrainingEpochs = 20, NumberOfEpochs = 20, OutOfRangeWeight = 0 };
        change(options);
        Detector detector = DetectorRegistry.Get("Deep SVDD").Create(options, rows.Columns);
        detector.Fit(rows);
        return detector;
    }
}
