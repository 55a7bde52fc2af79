using System.Globalization;
using System.Text;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a sweep found: the trials, the best one's options, and a model of these.</summary>
public sealed class DetectorSweep
{
    private readonly DetectorDescriptor _method;
    private readonly DetectorMetric? _metric;

    internal DetectorSweep(DetectorDescriptor method, IReadOnlyList<SweepTrial> trials, SweepTrial best, DetectorOptions options, AnomalyDetectorTransformer model, ModelTest test, DetectorMetric? metric)
    {
        (_method, Trials, Best, BestOptions, Model, _metric) = (method, trials, best, options, model, metric);
        (Metrics, Separation) = (test.Metrics, test.Separation);
        options.CancellationToken = default;
    }

    /// <summary>Name of the method.</summary>
    public string Method => _method.Name;

    /// <summary>All trials, by number.</summary>
    public IReadOnlyList<SweepTrial> Trials { get; }

    /// <summary>The trial that was best on the validation rows, among those that were fitted to most rows.</summary>
    public SweepTrial Best { get; }

    /// <summary>Its options.</summary>
    public DetectorOptions BestOptions { get; }

    /// <summary>What was fitted with these to all rows but the test rows.</summary>
    public AnomalyDetectorTransformer Model { get; }

    /// <summary>How good that model is on the test rows, which decided nothing; null without labels.</summary>
    public DetectorMetrics? Metrics { get; }

    /// <summary>How well that model tells the normal test rows from counterexamples, in [0, 1]: see <see cref="ComparedDetector.Separation"/>.</summary>
    public double Separation { get; }

    /// <summary>What decided, in words.</summary>
    public string Criterion => _metric?.ToString() ?? $"{nameof(Separation)} from counterexamples, a hint where there are no labels";

    internal string CriterionName => _metric?.ToString() ?? nameof(Separation);

    internal IEnumerable<SweepTrial> Ranked => Trials.OrderByDescending(trial => trial.RowShare).ThenByDescending(trial => double.IsNaN(trial.Criterion) ? double.NegativeInfinity : trial.Criterion).ThenBy(trial => trial.Number);

    private IEnumerable<string> Searched => Trials.SelectMany(trial => trial.Values.Keys).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The trials as a view, by number: Trial, RowShare, Criterion, FitSeconds, Failure (empty where there is none) and a text column for each option that was drawn, empty where it was as given.</summary>
    public IDataView ToDataView()
    {
        ValueColumn<ReadOnlyMemory<char>> Text(string name, Func<SweepTrial, string> value) =>
            new(name, TextDataViewType.Instance, annotations: null, [.. Trials.Select(trial => value(trial).AsMemory())]);
        ValueColumn<double> Number(string name, Func<SweepTrial, double> value) =>
            new(name, NumberDataViewType.Double, annotations: null, [.. Trials.Select(value)]);
        return new GeneratedDataView(
        [
            Number("Trial", trial => trial.Number),
            Number(nameof(SweepTrial.RowShare), trial => trial.RowShare),
            Number(nameof(SweepTrial.Criterion), trial => trial.Criterion),
            Number(nameof(SweepTrial.FitSeconds), trial => trial.FitSeconds),
            Text(nameof(SweepTrial.Failure), trial => trial.Failure ?? ""),
            .. Searched.Select(option => Text(option, trial => trial.Values.GetValueOrDefault(option, ""))),
        ]);
    }

    /// <summary>The trials in Markdown, best first.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("| Trial | Criterion | Rows | Fit, s | Options |\n|---|---|---|---|---|\n");
        foreach (SweepTrial trial in Ranked)
        {
            string options = trial.Failure is { } failure ? $"{trial.Description}; failed: {failure}" : trial.Description;
            text.Append(CultureInfo.InvariantCulture, $"| {trial.Number} | {Format(trial.Criterion, "F4")} | {trial.RowShare:P0} | {Format(trial.FitSeconds, "F1")} | {options.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.Append('\n').Append(Summary).Append('\n').ToString();
    }

    /// <summary>What the table shows, and what came of it.</summary>
    internal string Summary
    {
        get
        {
            string test = Metrics is null ? $"{nameof(Separation)} {Format(Separation, "F4")}" : $"ROC-AUC {Format(Metrics.AreaUnderRocCurve, "F4")}, average precision {Format(Metrics.AveragePrecision, "F4")}";
            return $"{Method}, best first, by {Criterion}, on validation rows. The best one, fitted to these as well, on test rows that decided nothing: {test}.";
        }
    }

    private static string Format(double value, string format) => DetectorComparison.Format(value, format);
}
