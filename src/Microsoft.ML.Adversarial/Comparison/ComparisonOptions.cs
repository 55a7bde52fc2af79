using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>What <see cref="AdversarialCatalog.Compare(AnomalyDetectionCatalog, IDataView, ComparisonOptions)"/> compares, and how.</summary>
public sealed class ComparisonOptions
{
    /// <summary>A vector of <see cref="float"/> of known size.</summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>The truth: Boolean, a number, a key or text. Null: there is none, all rows are taken as normal.</summary>
    public string? LabelColumnName { get; set; }

    /// <summary>The label that is normal, as text; null: false, 0 or the first key. A text column needs it.</summary>
    public string? NormalLabel { get; set; }

    /// <summary>
    /// Names of methods (see <see cref="DetectorRegistry.All"/>), with default options. Null: all that the data allow; those that learn from known
    /// anomalies take a label column.
    /// </summary>
    public IReadOnlyList<string>? Methods { get; set; }

    /// <summary>
    /// Further candidates by name: trainers with other options, or pipelines that begin at the feature column and end with a <c>Score</c>. They are
    /// fitted to a view of two columns: the features, and where there is a label column <c>Label</c>, true for anomalies. Null: none.
    /// </summary>
    public IReadOnlyDictionary<string, IEstimator<ITransformer>>? Candidates { get; set; }

    /// <summary>Share of the normal rows that is kept for the test, in (0, 1).</summary>
    public double TestFraction { get; set; } = 0.3;

    /// <summary>
    /// Fits of each candidate, at least 1: the first on all training rows, the others on four fifths of them, by which
    /// <see cref="ComparedDetector.Stability"/> is measured.
    /// </summary>
    public int NumberOfFits { get; set; } = 1;

    /// <summary>Share of the normal test rows allowed above an anomaly for <see cref="ComparedDetector.DetectionRate"/>, in [0, 1].</summary>
    public double FalseAlarmRate { get; set; } = 0.01;

    /// <summary>
    /// The most normal rows, and the most anomalies, that are kept in memory, at least 2: of more a uniform sample of each, drawn by <see cref="Seed"/> in one
    /// pass. Null keeps all.
    /// </summary>
    public int? MaximumRows { get; set; }

    /// <summary>Seed of the split and of the methods; null takes it from the context's seed.</summary>
    public int? Seed { get; set; }

    /// <summary>Fits that run at a time; null: one for each processor, fewer where memory is short. No result depends on it, times do.</summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>Time after which no fit begins any more, and those of <see cref="Methods"/> that run are given up; null: none.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Is told of each candidate that is done, one at a time; null: none.</summary>
    public IProgress<ComparedDetector>? Progress { get; set; }

    /// <summary>Ends the comparison without a result.</summary>
    public CancellationToken CancellationToken { get; set; }

    internal void Validate()
    {
        OptionCheck.Require(FeatureColumnName is { Length: > 0 }, nameof(FeatureColumnName), FeatureColumnName, "the name of a column");
        OptionCheck.Require(LabelColumnName is not { Length: 0 }, nameof(LabelColumnName), LabelColumnName, "the name of a column, or null where there is no label");
        OptionCheck.Require(LabelColumnName is null || FeatureColumnName != ComparisonData.LabelName, nameof(FeatureColumnName), FeatureColumnName, $"another name than '{ComparisonData.LabelName}', which candidates read the labels from");
        OptionCheck.Require(NormalLabel is not { Length: > 0 } || LabelColumnName is not null, nameof(NormalLabel), NormalLabel, $"null where {nameof(LabelColumnName)} is");
        OptionCheck.Require(TestFraction is > 0 and < 1, nameof(TestFraction), TestFraction, "above 0 and below 1");
        OptionCheck.Require(NumberOfFits >= 1, nameof(NumberOfFits), NumberOfFits, "at least 1");
        OptionCheck.Require(FalseAlarmRate is >= 0 and <= 1, nameof(FalseAlarmRate), FalseAlarmRate, "from 0 to 1");
        OptionCheck.Require(MaximumRows is null or >= 2, nameof(MaximumRows), MaximumRows, "null or at least 2");
        OptionCheck.Require(NumberOfThreads is null or >= 1, nameof(NumberOfThreads), NumberOfThreads, "null or at least 1");
        OptionCheck.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "null or above 0");
    }
}
