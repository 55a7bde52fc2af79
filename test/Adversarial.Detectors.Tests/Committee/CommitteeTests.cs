namespace Adversarial.Detectors.Tests;

/// <summary>Detectors that score together.</summary>
public class CommitteeTests
{
    private static readonly FeatureMatrix _rows = Rows(200);

    private static FeatureMatrix Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return FeatureMatrix.FromRows(Enumerable.Range(0, count).Select(_ => (float[])[random.NextSingle(), random.NextSingle(), random.NextSingle()]));
    }

    private static CommitteeDetector Fit(Action<CommitteeOptions>? change = null, FeatureMatrix? rows = null)
    {
        var options = new CommitteeOptions { Seed = 1, NumberOfThreads = 1 };
        change?.Invoke(options);
        rows ??= _rows;
        Detector detector = DetectorRegistry.Get("Committee").Create(options, rows.Columns);
        detector.Fit(rows);
        return Assert.IsType<CommitteeDetector>(detector);
    }

    private static byte[] Save(Detector detector)
    {
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }

    private static CommitteeMember[] Mixed() =>
    [
        new("kNN"), new(new IsolationForestOptions()), new(new Da3dOptions { EnsembleSize = 1, MaximumNumberOfSteps = 20, EncoderLayerSizes = [8, 4] }),
    ];

    [Theory]
    [InlineData(CommitteeCombination.Mean, 3)]
    [InlineData(CommitteeCombination.Maximum, 6)]
    [InlineData(CommitteeCombination.Median, 2)]
    public void Members_are_combined_as_asked(CommitteeCombination combination, float expected) =>
        Assert.Equal(expected, CommitteeBlockScorer.Combine(combination, [6, 1, 2]));

    [Fact]
    public void The_median_of_an_even_number_lies_in_the_middle() =>
        Assert.Equal(2.5f, CommitteeBlockScorer.Combine(CommitteeCombination.Median, [9, 1, 2, 3]));

    [Fact]
    public void No_bit_depends_on_the_threads_and_each_member_has_a_seed_of_its_own()
    {
        byte[] Model(int threads) => Save(Fit(options => (options.NumberOfThreads, options.Members) = (threads, [.. Mixed(), new("Isolation forest")])));
        // The options are part of the file: the scores are not.
        float[] Scores(int threads) => DetectorFile.Load(new MemoryStream(Model(threads))).Score(Rows(50, seed: 2));
        Assert.Equal(Scores(1), Scores(3));
        CommitteeDetector detector = Fit(options => options.Members = [new("Isolation forest"), new("Isolation forest")]);
        Assert.NotEqual(detector.Members[0].Score(_rows), detector.Members[1].Score(_rows));
    }

    [Fact]
    public void A_loaded_one_scores_the_same_and_writes_the_same()
    {
        CommitteeDetector detector = Fit(options => options.Members = Mixed());
        byte[] bytes = Save(detector);
        var loaded = Assert.IsType<CommitteeDetector>(DetectorFile.Load(new MemoryStream(bytes)));
        Assert.Equal(detector.Score(Rows(50, seed: 2)), loaded.Score(Rows(50, seed: 2)));
        Assert.Equal(bytes, Save(loaded));
        Assert.Equal(["kNN", "Isolation forest", "DA3D"], loaded.Members.Select(member => member.Descriptor.Name));
        Assert.Equal(20, ((Da3dOptions)loaded.Members[2].Options).MaximumNumberOfSteps);
    }

    [Fact]
    public void Options_of_members_survive_json()
    {
        DetectorDescriptor descriptor = DetectorRegistry.Get("Committee");
        var options = new CommitteeOptions { Members = Mixed(), Combination = CommitteeCombination.Median };
        var read = (CommitteeOptions)descriptor.FromJson(descriptor.ToJson(options));
        Assert.Equal(descriptor.ToJson(options), descriptor.ToJson(read));
        Assert.Null(read.Members![0].Options);
        Assert.Equal([8, 4], ((Da3dOptions)read.Members[2].Options!).EncoderLayerSizes!);
    }

    [Fact]
    public void Copied_options_share_no_members()
    {
        var options = new CommitteeOptions { Members = Mixed() };
        var copy = (CommitteeOptions)options.Clone();
        ((Da3dOptions)options.Members[2].Options!).MaximumNumberOfSteps = 99;
        Assert.Equal(20, ((Da3dOptions)copy.Members![2].Options!).MaximumNumberOfSteps);
    }

    public static TheoryData<string> BadMembers => ["one", "unknown", "nested", "option", "null"];

    [Theory]
    [MemberData(nameof(BadMembers))]
    public void Bad_members_are_named(string kind)
    {
        (CommitteeMember[] members, string message) = kind switch
        {
            "one" => (new CommitteeMember[] { new("kNN") }, "2 to 32 members"),
            "unknown" => ([new("kNN"), new("kMM")], "member 2 (kMM): There is no method 'kMM'; there are: DA3D"),
            "nested" => ([new("kNN"), new("Committee")], "member 2 (Committee): A committee cannot be a member"),
            "option" => ([new(new KNearestNeighborsOptions { NumberOfNeighbors = 0 }), new("kNN")], "member 1 (kNN): Option NumberOfNeighbors must be"),
            _ => ([new("kNN"), null!], "member 2 (null)"),
        };
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => new CommitteeOptions { Members = members }.Validate());
        Assert.Equal("Members", failure.ParamName);
        Assert.Contains(message, failure.Message);
    }

    // A learning rate at which no training ends.
    private static CommitteeMember Diverging() => new(new Da3dOptions { EnsembleSize = 1, MaximumNumberOfSteps = 20, LearningRate = 1e30f, PretrainingLearningRate = 1e30f });

    [Fact]
    public void A_member_that_fails_is_left_out_with_a_warning()
    {
        var warnings = new List<string?>();
        CommitteeDetector detector = Fit(options =>
        {
            options.Members = [new("kNN"), Diverging(), new("Isolation forest")];
            options.Progress = new Listener(report => warnings.Add(report.Warning));
        });
        Assert.Equal(["kNN", "Isolation forest"], detector.Members.Select(member => member.Descriptor.Name));
        Assert.Contains(warnings, warning => warning?.StartsWith("The committee goes on without a member that could not be trained. DA3D: ", StringComparison.Ordinal) == true);
        Assert.Equal(detector.Score(_rows), DetectorFile.Load(new MemoryStream(Save(detector))).Score(_rows));
    }

    [Fact]
    public void With_fewer_than_two_left_the_error_names_each_failure()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Fit(options => options.Members = [Diverging(), new("kNN"), Diverging()])).Message;
        Assert.Contains("at least 2 are to be left, and 1 could be trained. DA3D: ", message);
        Assert.Contains("DA3D (2): ", message);
    }

    [Fact]
    public void Cancelling_ends_the_fit()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(options => options.CancellationToken = source.Token));
    }

    [Fact]
    public void A_file_in_which_a_committee_is_a_member_is_refused()
    {
        CommitteeDetector detector = Fit();
        byte[] file = Save(detector), member = Save(detector.Members[0]);
        // The first member's frame in the content gives way to the committee's own.
        byte[] content = Mutations.Frame.Content(file);
        int at = content.AsSpan().IndexOf(member);
        Assert.True(at > 0);
        byte[] nested = Mutations.Frame.With(file, [.. content[..at], .. file, .. content[(at + member.Length)..]]);
        Assert.Contains("a committee is a member of a committee", Assert.Throws<FormatException>(() => DetectorFile.Load(new MemoryStream(nested))).Message);
    }

    [Fact]
    public void Scoring_a_row_allocates_nothing()
    {
        Scorer scorer = Fit().CreateScorer();
        float[] row = _rows[0].ToArray();
        scorer.Score(row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            scorer.Score(row);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
