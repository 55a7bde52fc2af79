namespace Adversarial.Detectors.Tests;

/// <summary>What is special to the mixture: how many components it has, and what it does with many features.</summary>
public class GaussianMixtureTests
{
    private static FeatureMatrix Rows(int count, int columns)
    {
        var random = new Random(1);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextSingle()).ToArray()));
    }

    private static (Detector Detector, string[] Warnings) Fit(FeatureMatrix rows)
    {
        var warnings = new List<string>();
        var options = new GaussianMixtureOptions { Seed = 1, NumberOfThreads = 1 };
        options.Progress = new Listener(report =>
        {
            if (report.Warning is { } warning)
                warnings.Add(warning);
        });
        Detector detector = DetectorRegistry.For(options).Create(options, rows.Columns);
        detector.Fit(rows);
        return (detector, [.. warnings]);
    }

    [Theory]
    [InlineData(40, 4)]
    [InlineData(39, 3)]
    [InlineData(5, 1)]
    public void Few_rows_bear_few_components(int rows, int components)
    {
        string[] warnings = Array.FindAll(Fit(Rows(rows, 3)).Warnings, warning => warning.Contains("of 4 components", StringComparison.Ordinal));
        if (components == 4)
            Assert.Empty(warnings);
        else
            Assert.Contains($"{components} of 4 components", Assert.Single(warnings));
    }

    [Fact]
    public void Rows_that_are_all_the_same_are_one_component()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows(Enumerable.Repeat<float[]>([0.5f, 0.25f], 100));
        Assert.Contains(Fit(rows).Warnings, warning => warning.Contains("1 of 4 components", StringComparison.Ordinal));
    }

    [Fact]
    public void With_very_many_features_it_has_variances_only_and_says_so()
    {
        (Detector detector, string[] warnings) = Fit(Rows(30, 2001));
        Assert.Contains(warnings, warning => warning.Contains("variances and no covariances", StringComparison.Ordinal));
        Assert.True(SmallModels.Save(detector).Length < 1 << 20);
    }
}
