namespace Adversarial.Detectors.Tests;

/// <summary>What ALAD derives from the table where the options leave it open.</summary>
public class AladSizesTests
{
    [Theory]
    [InlineData(2, 128)]
    [InlineData(19_999, 128)]
    [InlineData(20_000, 512)]
    [InlineData(5_000_000, 512)]
    public void Batches_are_large_where_there_are_rows_for_them(int rows, int expected) => Assert.Equal(expected, AladSizes.Batch(rows, areImages: false));

    [Theory]
    [InlineData(19_999, 128)]
    [InlineData(1_000_000, 256)]
    public void Batches_of_images_fit_the_memory(int rows, int expected) => Assert.Equal(expected, AladSizes.Batch(rows, areImages: true));

    [Theory]
    [InlineData(32, 5e-5f)]
    [InlineData(128, 1e-4f)]
    [InlineData(512, 2e-4f)]
    [InlineData(4096, 2e-4f)]
    public void The_rate_grows_with_the_root_of_the_batch(int batch, float expected) => Assert.Equal(expected, AladSizes.LearningRate(batch), 1e-9f);

    [Theory]
    [InlineData(600, 128, 1600)]
    [InlineData(10, 10, 8000)]
    [InlineData(8_738, 128, 116)]
    [InlineData(67_343, 512, 45)]
    [InlineData(198_361, 512, 15)]
    [InlineData(5_000_000, 512, 1)]
    public void Epochs_follow_from_steps(int rows, int batch, int expected) =>
        Assert.Equal(expected, AladSizes.Epochs(AladSizes.Schedule(batch, double.MaxValue, 1).Steps, rows, batch));

    [Fact]
    public void Steps_that_cost_too_much_are_fewer_and_longer()
    {
        (int steps, float rate) = AladSizes.Schedule(128, 4e11, 1e8);
        Assert.Equal(4000, steps);
        Assert.InRange(rate, 1.5e-4f, 2e-4f);
        Assert.Equal(1700, AladSizes.Schedule(128, 1, 1e8).Steps);
    }

    [Fact]
    public void Networks_of_the_paper_come_out_for_its_121_features()
    {
        var given = new AladOptions();
        given.UseKdd99Networks();
        AladSizes derived = AladSizes.Of(new AladOptions(), 121), paper = AladSizes.Of(given, 121);
        Assert.InRange(derived.Latent, paper.Latent - 2, paper.Latent);
        Assert.Equal(paper.Encoder, derived.Encoder);
        Assert.Equal(paper.Generator, derived.Generator);
        Assert.Equal(paper.Branch, derived.Branch);
        Assert.Equal(paper.Joint, derived.Joint);
        Assert.Equal(paper.Features, derived.Features);
        Assert.Equal(paper.Codes, derived.Codes);
    }
}
