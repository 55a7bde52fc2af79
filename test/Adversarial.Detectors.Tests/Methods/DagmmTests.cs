namespace Adversarial.Detectors.Tests;

public class DagmmTests
{
    [Theory]
    [InlineData(6, 1, new[] { 12, 4 }, 2)]
    [InlineData(60, 1, new[] { 12, 4 }, 2)]
    [InlineData(120, 1, new[] { 60, 30, 10 }, 4)]
    [InlineData(274, 2, new[] { 60, 30, 10 }, 4)]
    public void Sizes_follow_the_papers_tables(int columns, int latent, int[] encoder, int components)
    {
        DagmmSizes sizes = DagmmSizes.Of(new DagmmOptions(), columns);
        Assert.Equal(latent, sizes.Latent);
        Assert.Equal(encoder, sizes.Encoder);
        Assert.Equal(encoder.Reverse(), sizes.Decoder);
        Assert.Equal(components, sizes.Components);
        Assert.Equal(latent + 2, sizes.Dimension);
    }

    [Fact]
    public void Fewer_steps_are_longer()
    {
        (int all, float rate) = DagmmSizes.Schedule(1e12, 1e6);
        Assert.Equal((20_000, 1e-4f), (all, rate));
        (int fewer, float higher) = DagmmSizes.Schedule(1e9, 1e6);
        Assert.Equal(1000, fewer);
        Assert.InRange(higher, 5e-4f, 1e-3f);
    }

    [Theory]
    [InlineData(nameof(DagmmOptions.LatentDimension))]
    [InlineData(nameof(DagmmOptions.NumberOfComponents))]
    [InlineData(nameof(DagmmOptions.EnergyWeight))]
    [InlineData(nameof(DagmmOptions.SingularityWeight))]
    [InlineData(nameof(DagmmOptions.Regularization))]
    [InlineData(nameof(DagmmOptions.DropoutRate))]
    public void Options_out_of_range_are_named(string option)
    {
        var options = new DagmmOptions();
        System.Reflection.PropertyInfo property = typeof(DagmmOptions).GetProperty(option)!;
        property.SetValue(options, property.PropertyType == typeof(float) ? -1f : (object)0);
        Assert.Equal(option, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
    }
}
