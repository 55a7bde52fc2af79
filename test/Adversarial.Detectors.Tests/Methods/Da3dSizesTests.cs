namespace Adversarial.Detectors.Tests;

/// <summary>The derived sizes are close to the tables of Schulze et al. 2021, and sound for any number of features.</summary>
public class Da3dSizesTests
{
    // Table 1 of the paper: layers of the encoder, the code last.
    [Theory]
    [InlineData(122, new[] { 150, 100, 70, 40, 25, 10 })]
    [InlineData(6, new[] { 12, 10, 8, 6, 3, 2 })]
    public void The_autoencoder_is_about_the_papers(int columns, int[] published)
    {
        Da3dSizes sizes = Da3dSizes.Of(new Da3dOptions { LatentDimension = published[^1] }, columns);
        int[] derived = [.. sizes.Encoder, sizes.Latent];
        Assert.Equal(published.Length, derived.Length);
        Assert.All(published.Zip(derived), pair => Assert.InRange(pair.Second, 0.75 * pair.First - 1, 1.25 * pair.First + 1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(6, 3)]
    [InlineData(30, 15)]
    [InlineData(122, 16)]
    public void The_code_is_half_as_wide_as_the_table_up_to_sixteen(int columns, int latent) =>
        Assert.Equal(latent, Da3dSizes.Of(new Da3dOptions(), columns).Latent);

    // Table 1 of the paper, which files of format 1 and 2 rely on where their options leave the code open.
    [Theory]
    [InlineData(6, 2, 2)]
    [InlineData(29, 5, 2)]
    [InlineData(122, 10, 1)]
    [InlineData(122, 16, 3)]
    public void Earlier_files_keep_the_code_that_was_derived_then(int columns, int latent, int version)
    {
        var options = new Da3dOptions();
        options.UseDefaultsOf(version, columns);
        Assert.Equal(latent, Da3dSizes.Of(options, columns).Latent);
        Assert.Equal(version >= 3, options.ReadResidual);
    }

    // Section 4.1 of the paper.
    [Theory]
    [InlineData(122, new[] { 160, 80, 32, 12 })]
    [InlineData(6, new[] { 100, 50, 25, 10 })]
    public void The_alarm_is_about_the_papers(int columns, int[] published)
    {
        int[] derived = Da3dSizes.Of(new Da3dOptions { ReadResidual = false }, columns).Alarm;
        Assert.Equal(published.Length, derived.Length);
        Assert.All(published.Zip(derived), pair => Assert.InRange(pair.Second, 0.65 * pair.First, 1.35 * pair.First));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(784)]
    [InlineData(20_000)]
    public void Sizes_fall_to_the_code_and_the_decoder_mirrors_the_encoder(int columns)
    {
        Da3dSizes sizes = Da3dSizes.Of(new Da3dOptions(), columns);
        Assert.True(sizes.Latent >= 1);
        Assert.Equal(sizes.Encoder.OrderDescending(), sizes.Encoder);
        Assert.True(sizes.Encoder[^1] >= sizes.Latent);
        Assert.Equal(sizes.Encoder.Reverse(), sizes.Decoder);
        Assert.Equal(sizes.Alarm.OrderDescending(), sizes.Alarm);
        Assert.InRange(sizes.Alarm[0], 1, 1000);
    }

    [Theory]
    [InlineData(Da3dActivationSource.Decoder, 1, false)]
    [InlineData(Da3dActivationSource.Encoder, 1, false)]
    [InlineData(Da3dActivationSource.Both, 2, false)]
    [InlineData(Da3dActivationSource.Decoder, 1, true)]
    [InlineData(Da3dActivationSource.Encoder, 1, true)]
    [InlineData(Da3dActivationSource.Both, 2, true)]
    public void The_alarm_reads_all_hidden_activations_of_its_source_and_the_residual(Da3dActivationSource source, int networks, bool residual)
    {
        Da3dSizes sizes = Da3dSizes.Of(new Da3dOptions { ActivationSource = source, ReadResidual = residual }, 30);
        Assert.Equal(networks * sizes.Encoder.Sum() + (residual ? 30 : 0), sizes.Activations);
    }

    [Fact]
    public void Given_sizes_are_taken()
    {
        Da3dSizes sizes = Da3dSizes.Of(new Da3dOptions
        {
            LatentDimension = 3,
            EncoderLayerSizes = [9, 5],
            AlarmLayerSizes = [4],
            CriticLayerSizes = [6],
            GeneratorLayerSizes = [7, 8],
        }, 30);
        Assert.Equal((3, 14 + 30), (sizes.Latent, sizes.Activations));
        Assert.Equal([5, 9], sizes.Decoder);
        Assert.Equal([[4], [6], [7, 8]], (int[][])[sizes.Alarm, sizes.Critic, sizes.Generator]);
    }

    [Fact]
    public void More_rows_need_fewer_epochs_within_bounds()
    {
        int[] rows = [2, 100, 10_000, 1_000_000, 100_000_000];
        Da3dSizes sizes = Da3dSizes.Of(new Da3dOptions(), 122);
        foreach (Da3dSchedule schedule in (Da3dSchedule[])[sizes.Pretraining(double.MaxValue, 1), sizes.Training(double.MaxValue, 1)])
        {
            int[] lengths = [.. rows.Select(count => Da3dSizes.Epochs(schedule.Steps, count, 128))];
            Assert.Equal(lengths.OrderDescending(), lengths);
            Assert.InRange(lengths[^1], 1, 10);
            Assert.InRange(lengths[0], 100, 1000);
        }
    }

    [Fact]
    public void Steps_that_cost_too_much_are_fewer_and_longer()
    {
        Da3dSizes sizes = Da3dSizes.Of(new Da3dOptions(), 122);
        Da3dSchedule all = sizes.Pretraining(1e12, 1e6), some = sizes.Pretraining(1e12, 4e8), least = sizes.Pretraining(1e12, 1e12);
        Assert.Equal(new Da3dSchedule(4000, 1e-4f), all);
        Assert.Equal(1000, some.Steps);
        Assert.InRange(some.LearningRate, 2e-4f, 4e-4f);
        Assert.Equal(500, least.Steps);
        Assert.InRange(least.LearningRate, some.LearningRate, 1e-3f);
    }
}
