namespace Adversarial.Detectors.Tests.Training;

/// <summary>Parts of a fit that are trained by detectors of their own give the detector of a fit in one place, to the bit.</summary>
public class FitPartsTests
{
    private const int Columns = 5;

    private static readonly FeatureMatrix _rows = Rows(1, 160, 0);
    private static readonly FeatureMatrix _anomalies = Rows(2, 24, 4);

    public static TheoryData<string> NetworkMethods => [.. DetectorRegistry.All.Where(method => method.CreateOptions() is NetworkDetectorOptions).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(NetworkMethods))]
    public void AnEnsembleOfPartsEqualsTheWhole(string method)
    {
        var options = (NetworkDetectorOptions)DetectorRegistry.Get(method).CreateOptions();
        options.EnsembleSize = 3;
        options.MaximumNumberOfSteps = 6;
        options.BatchSize = 32;
        options.Seed = 11;
        Assert.Equal(Whole(options), OfParts(options, 3));
    }

    [Fact]
    public void ACommitteeOfPartsEqualsTheWhole() => Assert.Equal(Whole(Committee()), OfParts(Committee(), 3));

    [Fact]
    public void AMemberThatCannotBeTrainedIsLeftOutElsewhereToo()
    {
        CommitteeOptions options = Committee();
        options.Members = [.. options.Members!, new CommitteeMember(new AutoencoderOptions { LearningRate = 1e30f, MaximumNumberOfSteps = 5 })];
        byte[] whole = Whole(options);
        Assert.Equal(whole, OfParts(options, 4));
        Assert.Equal(3, ((CommitteeDetector)DetectorFile.Load(new MemoryStream(whole))).Members.Count);
    }

    [Fact]
    public void AnotherAttemptIsThatOfARestart()
    {
        var options = new AutoencoderOptions { EnsembleSize = 2, MaximumNumberOfSteps = 4, Seed = 3 };
        Assert.NotEqual(OfParts(options, 2, attempt: 0), OfParts(options, 2, attempt: 1));
    }

    [Fact]
    public void DivergenceOfAPartIsTold()
    {
        var options = new AutoencoderOptions { EnsembleSize = 2, LearningRate = 1e30f, MaximumNumberOfSteps = 5, Seed = 3 };
        Assert.Throws<TrainingDivergedException>(() => New(options).FitPart(_rows, null, 0, attempt: 0));
    }

    [Fact]
    public void PartsOfAnotherFitAreRefused()
    {
        var options = new AutoencoderOptions { EnsembleSize = 2, MaximumNumberOfSteps = 4, Seed = 3 };
        byte[] part = New(options).FitPart(_rows, null, 0, 0);
        Assert.Throws<FormatException>(() => New(options).FitFromParts(_rows, null, new FitParts([part], 0)));
        Assert.Throws<FormatException>(() => New(options).FitFromParts(_rows, null, new FitParts([part, part[..^5]], 0)));
    }

    [Fact]
    public void PartsNeedASeed() => Assert.Throws<InvalidOperationException>(() => New(new AutoencoderOptions { EnsembleSize = 2 }).FitPart(_rows, null, 0, 0));

    private static CommitteeOptions Committee() => new()
    {
        Members = [new CommitteeMember("kNN"), new CommitteeMember("Isolation forest"), new CommitteeMember(new AutoencoderOptions { EnsembleSize = 2, MaximumNumberOfSteps = 5 })],
        Seed = 5,
        NumberOfThreads = 2,
    };

    private static byte[] Whole(DetectorOptions options)
    {
        Detector detector = New(options);
        detector.Fit(_rows, Anomalies(options));
        return Bytes(detector);
    }

    private static byte[] OfParts(DetectorOptions options, int count, int attempt = 0)
    {
        byte[][] parts = [.. Enumerable.Range(0, count).Select(part =>
        {
            DetectorOptions elsewhere = options.Clone();
            elsewhere.NumberOfThreads = 1 + part % 2;
            return New(elsewhere).FitPart(_rows, Anomalies(options), part, attempt);
        })];
        Detector detector = New(options);
        Assert.Equal(count, detector.Options.PartCount);
        detector.FitFromParts(_rows, Anomalies(options), new FitParts(parts, attempt));
        return Bytes(detector);
    }

    private static Detector New(DetectorOptions options) => DetectorRegistry.For(options).Create(options, Columns);

    private static FeatureMatrix? Anomalies(DetectorOptions options) => options.LeastAnomalies > 0 ? _anomalies : null;

    private static byte[] Bytes(Detector detector)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        // A model that is just fitted scores its training rows: these are not in the file.
        return [.. stream.ToArray(), .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(detector.TrainingScores.Span)];
    }

    private static FeatureMatrix Rows(int seed, int count, float shift)
    {
        var random = new Random(seed);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Columns).Select(c => shift + random.NextSingle() * (c + 1)).ToArray()));
    }
}
