using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

public class AdversarialAutoencoderTests
{
    [Fact]
    public void The_game_brings_codes_close_to_the_prior()
    {
        var random = new Random(3);
        FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Range(0, 400).Select(_ =>
        {
            float a = random.NextSingle(), b = random.NextSingle();
            return (float[])[a, b, a + b, a - b, 2 * a - b];
        }));
        // Codes that nobody watches lie anywhere.
        var options = new AdversarialAutoencoderOptions { Seed = 1, EnsembleSize = 1, LatentDimension = 2, EncoderLayerSizes = [24, 12], NumberOfEpochs = 300, DropoutRate = 0 };
        var detector = (NetworkDetector)DetectorRegistry.Get("Adversarial autoencoder").Create(options, rows.Columns);
        detector.Fit(rows);
        var encoder = (Mlp)detector.Networks[0];
        float[] codes = RowCodes.ColumnOf(scaled => encoder.Forward(scaled), rows.Columns, encoder.Parameters.Device, detector.Scaling, rows.Rows, r => rows[r]);
        double mean = codes.Average(), deviation = Math.Sqrt(codes.Average(code => (code - mean) * (code - mean)));
        Assert.InRange(mean, -0.4, 0.4);
        Assert.InRange(deviation, 0.6, 1.6);
    }

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(6, 3, 11)]
    [InlineData(122, 16, 150)]
    [InlineData(1000, 16, 300)]
    public void Widths_fall_from_a_little_more_than_the_row_to_the_code(int columns, int code, int first)
    {
        Assert.Equal(code, LayerWidths.CodeOf(columns));
        int[] hidden = LayerWidths.FunnelOf(columns, code);
        Assert.Equal(5, hidden.Length);
        Assert.Equal(first, hidden[0]);
        Assert.Equal(hidden.OrderDescending(), hidden);
        Assert.All(hidden, width => Assert.True(width >= code));
    }

    [Fact]
    public void Cross_entropy_of_rows_needs_features_between_0_and_1()
    {
        var options = new AdversarialAutoencoderOptions { ReconstructionLoss = ReconstructionLoss.CrossEntropy };
        Assert.Equal(nameof(options.ReconstructionLoss), Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
        options.InputScaling = InputScaling.MinMax;
        options.Validate();
    }
}
