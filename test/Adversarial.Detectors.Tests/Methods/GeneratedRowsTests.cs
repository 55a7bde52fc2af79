namespace Adversarial.Detectors.Tests;

/// <summary>Rows that ARN and DA3D generate: in the units and the range of the training rows, told by a seed, kept by a file.</summary>
public class GeneratedRowsTests
{
    private const int Count = 400;
    private const float Constant = 7;

    // A wide feature, one that is constant, one of a small part of [0, 1] and a one-hot pair of which one is never on.
    private static readonly FeatureMatrix _rows = FeatureMatrix.FromRows(
        Enumerable.Range(0, 100).Select(r => (float[])[-50 + 3 * r, Constant, 0.4f + 0.001f * r, 1, 0]));

    public static TheoryData<string> Generators => ["ARN", "ARN in groups", "ARN, two members", "DA3D", "DA3D, simple", "DA3D, trivial", "DA3D as given"];

    private static Detector Fit(string kind)
    {
        NetworkDetectorOptions options = kind switch
        {
            "ARN" => new ArnOptions { Variant = ArnVariant.Plain },
            "ARN in groups" => new ArnOptions { CategoricalGroups = [new ColumnRange(3, 2)] },
            "ARN, two members" => new ArnOptions { EnsembleSize = 2 },
            "DA3D" => new Da3dOptions { EnsembleSize = 1 },
            "DA3D, simple" => new Da3dOptions { EnsembleSize = 1, AnomalyGenerator = Da3dGenerator.Simple },
            "DA3D, trivial" => new Da3dOptions { EnsembleSize = 1, AnomalyGenerator = Da3dGenerator.Trivial },
            "DA3D as given" => new Da3dOptions { EnsembleSize = 1, InputScaling = InputScaling.None },
            "ALAD" => new AladOptions(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        options.Seed = 1;
        options.NumberOfThreads = 1;
        options.MaximumNumberOfSteps = 10;
        if (options is ArnOptions arn)
            (arn.EncoderLayerSizes, arn.DiscriminatorLayerSizes, arn.EnsembleSize) = ([8], [8], kind.EndsWith("members", StringComparison.Ordinal) ? 2 : 1);
        Detector detector = DetectorRegistry.For(options).Create(options, _rows.Columns);
        detector.Fit(_rows);
        return detector;
    }

    private static float[][] Rows(FeatureMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(r => matrix[r].ToArray())];

    [Theory]
    [MemberData(nameof(Generators))]
    public void They_lie_in_the_range_of_the_training_rows(string kind)
    {
        Detector detector = Fit(kind);
        Assert.True(detector.CanGenerate);
        Assert.Equal([-50, Constant, 0.4f, 1, 0], detector.FeatureMinima.ToArray());
        Assert.Equal([247, Constant, 0.499f, 1, 0], detector.FeatureMaxima.ToArray());
        Assert.All(Rows(detector.GenerateAnomalies(Count, seed: 1)), row =>
        {
            Assert.InRange(row[0], -50, 247);
            Assert.Equal(Constant, row[1]);
            Assert.InRange(row[2], 0.4f, 0.499f);
            Assert.Equal([1, 0], row[3..]);
        });
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void The_seed_decides_and_a_file_keeps_them(string kind)
    {
        Detector detector = Fit(kind);
        float[][] rows = Rows(detector.GenerateAnomalies(Count, seed: 1));
        Assert.Equal(Count, rows.Length);
        Assert.Equal(rows, Rows(detector.GenerateAnomalies(Count, seed: 1)));
        Assert.Equal(rows[..7], Rows(detector.GenerateAnomalies(7, seed: 1)));
        Assert.NotEqual(rows, Rows(detector.GenerateAnomalies(Count, seed: 2)));

        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        stream.Position = 0;
        Detector loaded = DetectorFile.Load(stream);
        Assert.Equal(rows, Rows(loaded.GenerateAnomalies(Count, seed: 1)));
        Assert.Equal(detector.FeatureMaxima.ToArray(), loaded.FeatureMaxima.ToArray());
    }

    [Fact]
    public void A_method_without_a_generator_names_those_that_have_one()
    {
        Detector detector = Fit("ALAD");
        Assert.False(detector.CanGenerate);
        string message = Assert.Throws<NotSupportedException>(() => detector.GenerateAnomalies(1, seed: 1)).Message;
        Assert.Contains("ALAD", message);
        Assert.Contains("ARN and DA3D", message);
    }

    [Fact]
    public void It_takes_a_fit_and_a_row_at_least()
    {
        Detector fresh = DetectorRegistry.Get("ARN").Create(new ArnOptions(), 2);
        Assert.False(fresh.CanGenerate);
        Assert.Throws<InvalidOperationException>(() => fresh.GenerateAnomalies(1, seed: 1));
        Assert.Throws<InvalidOperationException>(() => fresh.FeatureMinima);
        Assert.Throws<ArgumentOutOfRangeException>(() => fresh.GenerateAnomalies(0, seed: 1));
    }
}
