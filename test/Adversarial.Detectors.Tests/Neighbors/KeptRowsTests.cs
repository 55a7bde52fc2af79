namespace Adversarial.Detectors.Tests;

/// <summary>Models that keep training rows: how many, which, and what is said of it.</summary>
public class KeptRowsTests
{
    private static readonly FeatureMatrix _rows = Rows(400);

    private static FeatureMatrix Rows(int count)
    {
        var random = new Random(1);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => (float[])[random.NextSingle(), random.NextSingle(), random.NextSingle()]));
    }

    private static (Detector Detector, string[] Warnings) Fit(DetectorOptions options, FeatureMatrix rows)
    {
        var warnings = new List<string>();
        (options.Seed, options.NumberOfThreads) = (options.Seed ?? 1, 1);
        options.Progress = new Listener(report =>
        {
            if (report.Warning is { } warning)
                warnings.Add(warning);
        });
        Detector detector = DetectorRegistry.For(options).Create(options, rows.Columns);
        detector.Fit(rows);
        return (detector, [.. warnings]);
    }

    public static TheoryData<string> Methods => ["kNN", "LOF", "One-class SVM"];

    private static DetectorOptions Options(string method, int most, int seed = 1) => method switch
    {
        "kNN" => new KNearestNeighborsOptions { MaximumKeptRows = most, Seed = seed },
        "LOF" => new LocalOutlierFactorOptions { MaximumKeptRows = most, Seed = seed },
        _ => new OneClassSvmOptions { MaximumKeptRows = most, Seed = seed },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_more_rows_some_are_drawn_by_the_seed_and_a_warning_says_so(string method)
    {
        (Detector drawn, string[] warnings) = Fit(Options(method, 100), _rows);
        Assert.Contains("100 of 400 training rows", Assert.Single(warnings));
        Assert.Equal(drawn.Score(_rows), Fit(Options(method, 100), _rows).Detector.Score(_rows));
        Assert.NotEqual(drawn.Score(_rows), Fit(Options(method, 100, seed: 2), _rows).Detector.Score(_rows));
        Assert.Empty(Fit(Options(method, 400), _rows).Warnings);
    }

    [Fact]
    public void A_row_is_no_neighbour_of_itself_in_training_but_an_equal_new_one_is()
    {
        Detector detector = Fit(new KNearestNeighborsOptions { NumberOfNeighbors = 1 }, _rows).Detector;
        Assert.All(detector.TrainingScores.ToArray(), score => Assert.True(score > 0));
        Assert.All(detector.Score(_rows), score => Assert.Equal(0, score));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_size_of_a_model_is_what_its_options_account_for(string method)
    {
        Detector detector = Fit(Options(method, 100), _rows).Detector;
        long length = SmallModels.Save(detector).Length;
        Assert.InRange(length, detector.LeastModelLength, detector.MostModelLength + 4096);
    }

    [Fact]
    public void A_kernel_that_does_not_fit_into_memory_is_refused()
    {
        string message = Assert.Throws<InvalidOperationException>(() => FitMemory.Require("40,000 training rows", 1e12, 1, "Lower MaximumKeptRows", 1L << 30)).Message;
        Assert.Contains("Lower MaximumKeptRows", message);
        Assert.Contains("931.3 GB", message);
        FitMemory.Require("20 training rows", 1e6, 1, "Lower MaximumKeptRows", 1L << 30);
    }
}
