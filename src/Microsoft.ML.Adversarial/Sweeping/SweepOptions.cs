using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>What <see cref="AdversarialCatalog.Sweep(AnomalyDetectionCatalog, IDataView, SweepOptions)"/> searches, and how.</summary>
public sealed class SweepOptions
{
    /// <summary>Name of the method, one of <see cref="DetectorRegistry.All"/>.</summary>
    public string Method { get; set; } = "DA3D";

    /// <summary>
    /// The method's options that are not searched, and the values of the first trial; they are copied. Null: the default ones. Their seed and number of threads
    /// are the sweep's.
    /// </summary>
    public DetectorOptions? Options { get; set; }

    /// <summary>What is searched; null: the method's own <see cref="DetectorDescriptor.SearchSpace"/>.</summary>
    public IReadOnlyList<SearchDimension>? SearchSpace { get; set; }

    /// <summary>A vector of <see cref="float"/> of known size.</summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>The truth: Boolean, a number, a key or text. Null: there is none, all rows are taken as normal.</summary>
    public string? LabelColumnName { get; set; }

    /// <summary>The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</summary>
    public string? NormalLabel { get; set; }

    /// <summary>Number of trials, at least 1. The first has <see cref="Options"/> as they are.</summary>
    public int NumberOfTrials { get; set; } = 20;

    /// <summary>How they are spent.</summary>
    public SweepStrategy Strategy { get; set; }

    /// <summary>What decides where there are labels. Without, it is how well held-out rows are told from counterexamples, as <see cref="ComparedDetector.Separation"/> says.</summary>
    public DetectorMetric Metric { get; set; }

    /// <summary>Share of the normal rows allowed above an anomaly for <see cref="DetectorMetric.DetectionRateAtFalseAlarmRate"/>, in [0, 1].</summary>
    public double FalseAlarmRate { get; set; } = 0.01;

    /// <summary>Share of the normal rows, in (0, 1), and half of the anomalies: rows that no trial sees, by which the best one is measured at the end.</summary>
    public double TestFraction { get; set; } = 0.2;

    /// <summary>Share of the other normal rows, in (0, 1), by which trials are told apart.</summary>
    public double ValidationFraction { get; set; } = 0.25;

    /// <summary>
    /// The most normal rows, and the most anomalies, that are kept in memory, at least 2: of more a uniform sample of each, drawn by <see cref="Seed"/> in one
    /// pass. Null keeps all.
    /// </summary>
    public int? MaximumRows { get; set; }

    /// <summary>Seed of splits, draws and fits; null takes it from the context's seed, or from the checkpoint.</summary>
    public int? Seed { get; set; }

    /// <summary>Fits that run at a time; null: one for each processor, fewer where memory is short. No result depends on it.</summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>Time after which no trial begins any more and those that run are given up; null: none. What was found so far is the result.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>
    /// A file that keeps what trials gave, in an existing folder; null: none. A sweep that finds there what the same sweep left goes on with it, and ends
    /// as if it had never stopped; with more trials it goes further. It stays when the sweep is done.
    /// </summary>
    public string? CheckpointPath { get; set; }

    /// <summary>Is told of each fit that is done, one at a time; null: none.</summary>
    public IProgress<SweepTrial>? Progress { get; set; }

    /// <summary>Ends the sweep without a result; the checkpoint keeps the trials that are done.</summary>
    public CancellationToken CancellationToken { get; set; }

    internal SweepOptions Copy() => (SweepOptions)MemberwiseClone();

    internal void Validate()
    {
        OptionCheck.Require(FeatureColumnName is { Length: > 0 }, nameof(FeatureColumnName), FeatureColumnName, "the name of a column");
        OptionCheck.Require(LabelColumnName is not { Length: 0 }, nameof(LabelColumnName), LabelColumnName, "the name of a column, or null where there is no label");
        OptionCheck.Require(LabelColumnName is null || FeatureColumnName != ComparisonData.LabelName, nameof(FeatureColumnName), FeatureColumnName, $"another name than '{ComparisonData.LabelName}', which trials read the labels from");
        OptionCheck.Require(NormalLabel is not { Length: > 0 } || LabelColumnName is not null, nameof(NormalLabel), NormalLabel, $"null where {nameof(LabelColumnName)} is");
        OptionCheck.Require(NumberOfTrials >= 1, nameof(NumberOfTrials), NumberOfTrials, "at least 1");
        OptionCheck.Require(Enum.IsDefined(Strategy), nameof(Strategy), Strategy, "a defined value");
        OptionCheck.Require(Enum.IsDefined(Metric), nameof(Metric), Metric, "a defined value");
        OptionCheck.Require(FalseAlarmRate is >= 0 and <= 1, nameof(FalseAlarmRate), FalseAlarmRate, "from 0 to 1");
        OptionCheck.Require(TestFraction is > 0 and < 1, nameof(TestFraction), TestFraction, "above 0 and below 1");
        OptionCheck.Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "above 0 and below 1");
        OptionCheck.Require(CheckpointPath is null || MaximumRows is null || Seed is not null, nameof(Seed), Seed, $"set beside {nameof(CheckpointPath)} and {nameof(MaximumRows)}: a sweep that goes on has to draw the same rows");
        OptionCheck.Require(MaximumRows is null or >= 2, nameof(MaximumRows), MaximumRows, "null or at least 2");
        OptionCheck.Require(NumberOfThreads is null or >= 1, nameof(NumberOfThreads), NumberOfThreads, "null or at least 1");
        OptionCheck.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "null or above 0");
        OptionCheck.Require(SearchSpace is null or { Count: > 0 }, nameof(SearchSpace), SearchSpace?.Count, "null or at least one dimension");
        OptionCheck.Require(CheckpointPath is not { Length: 0 }, nameof(CheckpointPath), CheckpointPath, "null or the path of a file");
    }
}
