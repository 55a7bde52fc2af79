namespace Adversarial.Detectors.Tests;

/// <summary>Methods are found by name and by their options; errors say what there is.</summary>
public class DetectorRegistryTests
{
    private sealed class DerivedOptions : Da3dOptions;

    [Theory]
    [InlineData("DA3D")]
    [InlineData("da3d")]
    public void A_method_is_found_by_name(string name) => Assert.Equal("DA3D", DetectorRegistry.Get(name).Name);

    [Fact]
    public void An_unknown_name_is_told_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => DetectorRegistry.Get("DA4D")).Message;
        Assert.Contains("'DA4D'", message);
        Assert.All(DetectorRegistry.All, descriptor => Assert.Contains(descriptor.Name, message));
    }

    [Fact]
    public void A_method_is_found_by_its_options_and_classes_derived_from_them()
    {
        Assert.Equal("DA3D", DetectorRegistry.For(new Da3dOptions()).Name);
        Assert.Equal("DA3D", DetectorRegistry.For(new DerivedOptions()).Name);
        string message = Assert.Throws<ArgumentException>(() => DetectorRegistry.For(new ToyOptions())).Message;
        Assert.Contains(nameof(ToyOptions), message);
    }

    [Fact]
    public void Names_are_unique() =>
        Assert.Distinct(DetectorRegistry.All.Select(descriptor => descriptor.Name), StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void A_detector_is_made_of_a_copy_of_valid_options()
    {
        var options = new Da3dOptions { Sigma = 3 };
        DetectorDescriptor descriptor = DetectorRegistry.For(options);
        Detector detector = descriptor.Create(options, 4);
        options.Sigma = 5;
        Assert.Equal(3, ((Da3dOptions)detector.Options).Sigma);
        Assert.Same(descriptor, detector.Descriptor);
        Assert.Throws<ArgumentOutOfRangeException>(() => descriptor.Create(options, 0));
        options.Sigma = -1;
        Assert.Equal(nameof(Da3dOptions.Sigma), Assert.Throws<ArgumentOutOfRangeException>(() => descriptor.Create(options, 4)).ParamName);
    }
}
