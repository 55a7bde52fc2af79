namespace Adversarial.Detectors.Tests;

/// <summary>Networks that are too large are refused before training, with what to do. Alone: what other tests allocate must not count.</summary>
[Collection(nameof(TrainingMemoryTests))]
[CollectionDefinition(nameof(TrainingMemoryTests), DisableParallelization = true)]
public class TrainingMemoryTests
{
    private static FeatureMatrix Rows(int columns)
    {
        var rows = new FeatureMatrix(columns);
        for (int r = 0; r < 3; r++)
            rows.AppendRow()[r] = 1;
        return rows;
    }

    [Theory]
    [InlineData("DA3D", 100_000, "EncoderLayerSizes")]
    [InlineData("ALAD", 100_000, "GeneratorLayerSizes")]
    [InlineData("ARN", 100_000, "DiscriminatorLayerSizes")]
    [InlineData("DA3D", 20_000, "EncoderLayerSizes")]
    public void Layers_as_wide_as_many_columns_are_refused_at_once(string method, int columns, string option)
    {
        var options = (NetworkDetectorOptions)SmallModels.Options(method);
        options.EnsembleSize = 100;
        foreach (System.Reflection.PropertyInfo property in options.GetType().GetProperties().Where(property => property.PropertyType == typeof(int[])))
            property.SetValue(options, (int[])[65536, 65536]);
        if (options is ArnOptions arn)
            arn.CategoricalGroups = null;
        Detector detector = DetectorRegistry.For(options).Create(options, columns);
        FeatureMatrix rows = Rows(columns);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        string message = Assert.Throws<InvalidOperationException>(() => detector.Fit(rows)).Message;
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 << 20);
        Assert.Contains($"for {columns:N0} features", message);
        Assert.Contains(option, message);
        Assert.Contains("project", message);
        Assert.False(detector.IsFitted);
    }

    [Theory]
    [InlineData(20_000_000, 399_999_999, false)]
    [InlineData(20_000_000, 400_000_000, true)]
    [InlineData(3_000_000_000, long.MaxValue, false)]
    public void Five_floats_of_each_parameter_have_to_fit(long parameters, long available, bool fits)
    {
        Exception? failure = Record.Exception(() => TrainingMemory.Require([new NetworkSize("small", 0, 0), new NetworkSize("large", parameters, 0)], 7, ["Sizes"], available));
        Assert.Equal(fits, failure is null);
        if (failure is not null)
            Assert.Contains($"'large', has {parameters:N0} parameters", Assert.IsType<InvalidOperationException>(failure).Message);
    }

    [Fact]
    public void A_network_of_more_parameters_than_a_vector_holds_is_refused()
    {
        Detector detector = DetectorRegistry.Get("DA3D").Create(new Da3dOptions { EncoderLayerSizes = [65_536] }, 100_000);
        Assert.Contains($"one can have {Array.MaxLength:N0}", Assert.Throws<InvalidOperationException>(() => detector.Fit(Rows(100_000))).Message);
    }

    [Fact]
    public void Counting_takes_no_memory_for_the_networks()
    {
        var detector = (NetworkDetector)DetectorRegistry.Get("DA3D").Create(new Da3dOptions { EncoderLayerSizes = [65_536, 65_536] }, 10_000);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        IReadOnlyList<NetworkSize> sizes = detector.CountParameters();
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 1 << 20);
        long encoder = (10_000L + 1) * 65_536 + (65_536L + 1) * 65_536;
        Assert.InRange(sizes[0].Parameters, encoder, encoder + 65_537 * 20);
        Assert.Equal("encoder", sizes[0].Name);
    }
}
