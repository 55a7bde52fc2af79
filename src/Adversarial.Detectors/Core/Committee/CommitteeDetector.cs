using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>
/// Several detectors that score together: their scores are unified to how rare each is (after Kriegel, Kröger, Schubert and Zimek 2011) and
/// combined as Fisher combined significance levels. Each is trained on the same rows; by the scores of
/// held-out normal rows it is known how rare a member's score is, and the score is the mean of -log of that share over the members.
/// </summary>
/// <remarks>It fails where most members fail: members of one kind err alike.</remarks>
public sealed partial class CommitteeDetector : Detector
{
    private const ulong Purpose = (1UL << 61) + 3;
    private const int LeastReferenceRows = 20;
    private const int MostReferenceRows = 4000;

    // Of fewer rows none can be spared: what members are trained on makes them comparable as well.
    private const int FewestRowsToDivide = 4;

    private readonly CommitteeOptions _options;
    private FittedMember[] _members = [];
    private Detector[]? _unfitted;
    private float[] _referenceScores = [];

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Committee",
            Paper = "Interpreting and Unifying Outlier Scores",
            Year = 2011,
            Reference = "doi:10.1137/1.9781611972818.2",
            Task = "Anomaly detection in tables by several methods together",
            Labels = LabelUse.Optional,
            Scaling = "Features of any scale; they are scaled for all members",
            Complexity = "Those of all members together",
            KnownFailure = "Anomalies that most members miss",
            Readme = "src/Adversarial.Detectors/Core/Committee/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["08 scores of the training rows equal those of the fit"] =
                    "Members that keep rows tell scores of left-out rows; without one row other rows are held out, and all scores differ.",
            },
        },
        (options, columns) => new CommitteeDetector(options, columns),
        CommitteeOptionsJson.Default.CommitteeOptions);

    internal CommitteeDetector(CommitteeOptions options, int columns)
        : base(options, columns) => _options = options;

    /// <summary>Members where the options name none: nearest neighbours of features scaled in three ways, one of them by the nearest alone, and an autoencoder.</summary>
    public static IReadOnlyList<CommitteeMember> DefaultMembers => Defaults.Members;

    /// <summary>The members that score, in the order of the options; those that could not be trained are not among them. Empty before a fit.</summary>
    public IReadOnlyList<Detector> Members => [.. _members.Select(member => member.Detector)];

    // What a member takes for a category has to reach it as it is.
    private protected override bool IsCategory(int column) => (_unfitted ??= [.. _options.MembersOrDefault
        .Select(member => member.Descriptor.Create(member.CopyOptions(), Columns))]).Any(member => member.KeepsCategory(column));

    internal override bool LeavesTrainingRowsOut => _members.Any(member => member.Detector.LeavesTrainingRowsOut);

    // What a member's file has besides what its options imply is small, or counted.
    internal override long MostModelLength => _options.MembersOrDefault
        .Sum(member => ModelHead.LengthOf(member.Descriptor, member.CopyOptions(), Columns).Most + FeatureScaling.LengthOf(Columns));

    // A member that is too large is one that fails.
    private protected override void RequireMemory(int rows)
    {
    }

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        (RowSplit split, CommitteeFit fit) = Divide(rows, seed);
        _members = fit.Run(seed, threads, Parts?.Trained);
        Restarts = _members.Max(member => member.Detector.Restarts);

        // Members that measure distances to kept rows say themselves what these would score if they were new.
        float[] ofKept = Combine([.. _members.Select(member => member.Detector.TrainingScores)]);
        float[] ofApart = Combine([.. _members.Select(member => (ReadOnlyMemory<float>)member.Detector.Score(split.Apart, threads))]);
        _referenceScores = ofApart;
        return RequireFinite(split.Merge(ofKept, ofApart));
    }

    private protected override byte[] LearnPart(FeatureMatrix rows, int seed, int threads, int part, int attempt) =>
        Divide(rows, seed).Fit.RunPart(part, seed, threads);

    private (RowSplit Split, CommitteeFit Fit) Divide(FeatureMatrix rows, int seed)
    {
        RowSplit split = RowSplit.Draw(rows, ReferenceRows(rows.Rows), DeriveSeed(seed, 0), Purpose, Scaling);
        FeatureMatrix reference = split.Apart.Rows > 0 ? split.Apart : split.Kept;
        return (split, new CommitteeFit(_options, split.Kept, reference, Anomalies()));
    }

    // No member was trained on the rows that make the members comparable.
    private protected override float[] ScoresAsNew(float[] scores)
    {
        float[] reference = _referenceScores;
        _referenceScores = [];
        return reference.Length > 0 ? reference : scores;
    }

    private int ReferenceRows(int rows) => rows < FewestRowsToDivide ? 0
        : Math.Min(Math.Clamp((int)Math.Round(_options.ReferenceShare * rows), LeastReferenceRows, MostReferenceRows), rows / 2);

    private FeatureMatrix? Anomalies()
    {
        if (Data.Anomalies == 0)
            return null;
        var anomalies = new FeatureMatrix(Columns);
        for (int i = 0; i < Data.Anomalies; i++)
            Data.CopyAnomaly(i, anomalies.AppendRow());
        return anomalies;
    }

    private float[] Combine(ReadOnlyMemory<float>[] scores)
    {
        var combined = new float[scores[0].Length];
        var heights = new double[_members.Length];
        for (int r = 0; r < combined.Length; r++)
        {
            for (int m = 0; m < heights.Length; m++)
                heights[m] = _members[m].Curve.HeightOf(scores[m].Span[r]);
            combined[r] = CommitteeBlockScorer.Combine(_options.Combination, heights);
        }

        return combined;
    }

    internal override BlockScorer CreateBlockScorer() => new CommitteeBlockScorer(_members, _options.Combination, Columns, BlockRows);

    private protected override void SaveModel(BinaryWriter writer)
    {
        writer.Write(_members.Length);
        foreach (FittedMember member in _members)
        {
            writer.Write(member.Name);
            member.Curve.Save(writer);
            DetectorFile.Save(member.Detector, writer.BaseStream);
        }
    }

    private protected override void LoadModel(BinaryReader reader, float[] probes)
    {
        int most = _options.MembersOrDefault.Count;
        int count = ContentReading.Require(reader.ReadInt32(), value => value >= 2 && value <= most, "The number of members", $"2 to {most}");
        var rows = new FeatureMatrix(Columns);
        for (int start = 0; start < probes.Length; start += Columns)
            rows.Add(probes.AsSpan(start, Columns));
        _members = new FittedMember[count];
        for (int m = 0; m < count; m++)
        {
            string name = reader.ReadString();
            TailCurve curve = TailCurve.Load(reader);
            Detector detector = DetectorFile.LoadMember(reader.BaseStream);
            if (detector.Columns != Columns)
                throw new FormatException($"The model is damaged: its member {m + 1} has {detector.Columns} features and not {Columns}.");
            if (!Array.TrueForAll(detector.Score(rows), float.IsFinite))
                throw new FormatException($"The model is damaged: its member {m + 1} gives rows in the range of its training rows no finite score.");
            _members[m] = new FittedMember(name, detector, curve);
        }
    }

    // Apart, as the registry is to stand before it is asked.
    private static class Defaults
    {
        public static readonly IReadOnlyList<CommitteeMember> Members =
            [Nearest(1, InputScaling.Standard), Nearest(5, InputScaling.MinMax), Nearest(5, InputScaling.Robust), new("Autoencoder")];

        // By the registry's text, as nothing here knows a method's type.
        private static CommitteeMember Nearest(int neighbors, InputScaling scaling)
        {
            DetectorOptions options = DetectorRegistry.Get("kNN").FromJson(string.Create(CultureInfo.InvariantCulture, $$"""{"NumberOfNeighbors": {{neighbors}}}"""));
            options.InputScaling = scaling;
            return new CommitteeMember(options);
        }
    }
}
