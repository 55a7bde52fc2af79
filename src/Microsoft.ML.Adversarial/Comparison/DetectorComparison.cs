using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// What candidates reach on the same rows. With labels they are ranked by the area under their ROC curves, without by
/// <see cref="ComparedDetector.Separation"/>, which is a hint and no accuracy; those that failed come last.
/// </summary>
public sealed class DetectorComparison
{
    private readonly double _allowedFalseAlarmRate;

    internal DetectorComparison(IEnumerable<ComparedDetector> detectors, ComparisonData data, bool hasLabels, ComparisonOptions options)
    {
        HasLabels = hasLabels;
        NumberOfTrainingRows = data.TrainingNormal.Length;
        NumberOfKnownAnomalies = data.TrainingAnomalies.Length;
        NumberOfNormalTestRows = data.TestNormal.Length;
        NumberOfTestAnomalies = data.TestAnomalies.Length;
        _allowedFalseAlarmRate = options.FalseAlarmRate;
        Detectors = [.. detectors.OrderBy(detector => detector.Failure is not null).ThenByDescending(Rank).ThenBy(detector => detector.Name, StringComparer.Ordinal)];
    }

    /// <summary>All candidates, best first.</summary>
    public IReadOnlyList<ComparedDetector> Detectors { get; }

    /// <summary>The first of them; null where all failed.</summary>
    public ComparedDetector? Best => Detectors.FirstOrDefault(detector => detector.Failure is null);

    /// <summary>Whether there were labels.</summary>
    public bool HasLabels { get; }

    /// <summary>Normal rows that were trained on.</summary>
    public int NumberOfTrainingRows { get; }

    /// <summary>Anomalies that candidates could learn from which do so; the others left them out.</summary>
    public int NumberOfKnownAnomalies { get; }

    /// <summary>Normal rows that were scored.</summary>
    public int NumberOfNormalTestRows { get; }

    /// <summary>Anomalies that were scored.</summary>
    public int NumberOfTestAnomalies { get; }

    /// <summary>What the order goes by, in words.</summary>
    internal string Criterion => HasLabels ? "area under the ROC curve" : "separation from counterexamples, a hint where there are no labels";

    private double Rank(ComparedDetector detector) => HasLabels ? detector.Metrics?.AreaUnderRocCurve ?? double.NaN : detector.Separation;

    internal IReadOnlyList<(string Name, Func<ComparedDetector, double> Value, string Format)> Columns =>
    [
        .. HasLabels ? (IEnumerable<(string, Func<ComparedDetector, double>, string)>)
        [
            ("ROC-AUC", detector => detector.Metrics?.AreaUnderRocCurve ?? double.NaN, "F3"),
            ("Average precision", detector => detector.Metrics?.AveragePrecision ?? double.NaN, "F3"),
            ("F1", detector => detector.Metrics?.F1Score ?? double.NaN, "F3"),
            (string.Create(CultureInfo.InvariantCulture, $"Found at {_allowedFalseAlarmRate:P1} false alarms"), detector => detector.DetectionRate, "F3"),
        ] : [],
        ("False alarms", detector => detector.FalseAlarmRate, "F3"),
        ("Separation", detector => detector.Separation, "F3"),
        ("Agreement", detector => detector.Agreement, "F2"),
        ("Stability", detector => detector.Stability, "F2"),
        ("Fit, s", detector => detector.FitSeconds, "F1"),
        ("Rows/s", detector => detector.RowsPerSecond, "F0"),
    ];

    /// <summary>The table as a view: Name, Failure (empty where there is none) and the figures, NaN where one is missing.</summary>
    public IDataView ToDataView()
    {
        ValueColumn<ReadOnlyMemory<char>> Text(string name, Func<ComparedDetector, string> value) =>
            new(name, TextDataViewType.Instance, annotations: null, [.. Detectors.Select(detector => value(detector).AsMemory())]);
        ValueColumn<double> Number(string name, Func<ComparedDetector, double> value) =>
            new(name, NumberDataViewType.Double, annotations: null, [.. Detectors.Select(value)]);
        return new GeneratedDataView(
            Text(nameof(ComparedDetector.Name), detector => detector.Name),
            Text(nameof(ComparedDetector.Failure), detector => detector.Failure ?? ""),
            Number(nameof(DetectorMetrics.AreaUnderRocCurve), detector => detector.Metrics?.AreaUnderRocCurve ?? double.NaN),
            Number(nameof(DetectorMetrics.AveragePrecision), detector => detector.Metrics?.AveragePrecision ?? double.NaN),
            Number(nameof(DetectorMetrics.F1Score), detector => detector.Metrics?.F1Score ?? double.NaN),
            Number(nameof(ComparedDetector.DetectionRate), detector => detector.DetectionRate),
            Number(nameof(ComparedDetector.FalseAlarmRate), detector => detector.FalseAlarmRate),
            Number(nameof(ComparedDetector.Separation), detector => detector.Separation),
            Number(nameof(ComparedDetector.Agreement), detector => detector.Agreement),
            Number(nameof(ComparedDetector.Stability), detector => detector.Stability),
            Number(nameof(ComparedDetector.FitSeconds), detector => detector.FitSeconds),
            Number(nameof(ComparedDetector.RowsPerSecond), detector => detector.RowsPerSecond));
    }

    /// <summary>The table in Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        Line(["Detector", .. Columns.Select(column => column.Name)]);
        Line(Columns.Select(_ => "---").Prepend("---"));
        foreach (ComparedDetector detector in Detectors)
        {
            Line(detector.Failure is { } failure
                ? [detector.Name, $"failed: {failure}", .. Columns.Skip(1).Select(_ => "")]
                : [detector.Name, .. Columns.Select(column => Format(column.Value(detector), column.Format))]);
        }

        return text.Append('\n').Append(Summary).Append('\n').ToString();
    }

    internal string Summary => string.Create(CultureInfo.InvariantCulture,
        $"Trained on {NumberOfTrainingRows} normal rows{(NumberOfKnownAnomalies > 0 ? $" and, where a method learns from them, {NumberOfKnownAnomalies} anomalies" : "")}; tested on {NumberOfNormalTestRows} normal rows{(HasLabels ? $" and {NumberOfTestAnomalies} anomalies" : "")}. Best first, by {Criterion}.");

    /// <summary>One page that needs nothing else: the table, and curves and scores of the best, drawn as SVG.</summary>
    public string ToHtml() => ComparisonPage.Write(this);

    internal static string Format(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
