using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Scores of rows with their labels.</summary>
internal sealed class EvaluatedRows
{
    private const string Label = "Label";

    private readonly DetectorModel _model;
    private readonly ReportRows _rows;

    private EvaluatedRows(DetectorModel model, ReportRows rows, DetectorMetrics? metrics)
    {
        _model = model;
        _rows = rows;
        Metrics = metrics;
    }

    /// <summary>How good the model is on them; null without labels.</summary>
    public DetectorMetrics? Metrics { get; }

    /// <summary>Thresholds by false alarms.</summary>
    public IReadOnlyList<FalseAlarmLevel> Levels(IReadOnlyList<double> rates) => new DetectorReport(_rows, Metrics, new DetectorReportOptions { FalseAlarmRates = rates }).FalseAlarmLevels;

    /// <summary>Rows that were scored.</summary>
    public int Count => _rows.Scores.Length;

    /// <summary>Rows that the model flags.</summary>
    public int Flagged => _rows.Flagged.Count(flag => flag);

    /// <summary>The page.</summary>
    public string ToHtml(DetectorReportOptions options) => new DetectorReport(_rows, Metrics, options).ToHtml();

    /// <summary>Scores a file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="label">The column with labels; null: there is none.</param>
    /// <param name="normalLabel">What of it is normal; null: 0 or false.</param>
    /// <param name="explained">Highest rows whose features are kept.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserError">The file lacks a column, or holds no rows.</exception>
    public static EvaluatedRows Score(DetectorModel model, TableFile file, string? label, string? normalLabel, int explained, CancellationToken cancellation)
    {
        InferredColumn? labelColumn = label is null ? null : ColumnInference.Run(file, []).FirstOrDefault(column => column.Name == label);
        using TableSource source = file.Open();
        ColumnRequest[] columns = [.. model.Requests()];
        int place = Array.FindIndex(columns, column => column.Name == label);
        if (label is not null && place < 0)
        {
            source.IndexOf(label);
            place = columns.Length;
            columns = [.. columns, new ColumnRequest(label, CellKind.Text)];
        }

        source.Select(columns);
        var scores = new List<float>();
        var flags = new List<bool>();
        var labels = new List<string>();
        var highest = new HighestRows(explained);
        new Scoring(model, source, columns).Run((_, _) => { }, block =>
        {
            for (int r = 0; r < block.Rows.Count; r++)
            {
                if (place >= 0)
                    labels.Add(columns[place].Kind == CellKind.Text ? block.Rows.Texts[place][r] : block.Rows.Numbers[place][r].ToString(CultureInfo.InvariantCulture));
                scores.Add(block.Scores[r]);
                flags.Add(block.Flags[r]);
                if (highest.Takes(block.Scores[r]))
                    highest.Add(new HighRow(scores.Count - 1, block.Scores[r], block.FeaturesOf(r).ToArray()));
            }
        }, cancellation);
        if (scores.Count == 0)
            throw new UserError($"{file.Name} holds no rows.");
        return UserError.Of(() => Of(model, scores, flags, labelColumn is null ? null : Column(labelColumn, labels, file.Name), normalLabel, highest));
    }

    /// <summary>The rows that a model was just trained on: normal ones with the scores that the detector gave them then, anomalies as new ones.</summary>
    public static EvaluatedRows OfTraining(DetectorModel model, TrainingRows rows)
    {
        IDataView scored = model.Pipeline.Transform(rows.Table.View);
        var options = new DetectorReportOptions { Detector = model.Detector, LabelColumnName = rows.Label, NormalLabel = rows.NormalLabel, NumberOfExplainedRows = ReportOption.ExplainedRows };
        ReportRows read = ReportRows.Read(scored, options);
        ReadOnlySpan<float> own = model.Detector.Model.TrainingScores.Span;
        int normal = 0;
        for (int r = 0; r < read.Scores.Length; r++)
        {
            if (read.Anomalous[r])
                continue;
            read.Scores[r] = own[normal++];
            read.Flagged[r] = model.Detector.IsAnomaly(read.Scores[r]);
        }

        bool[] anomalous = read.Anomalous;
        ValueColumn<bool>? label = rows.Label is null ? null : new ValueColumn<bool>(Label, BooleanDataViewType.Instance, annotations: null, anomalous);
        return new EvaluatedRows(model, read, label is null ? null : Measure(model.Context, [.. read.Scores], [.. read.Flagged], label, normalLabel: null));
    }

    private static EvaluatedRows Of(DetectorModel model, List<float> scores, List<bool> flags, GeneratedColumn? label, string? normalLabel, HighestRows highest)
    {
        GeneratedColumn[] columns =
        [
            new ValueColumn<float>(OwnColumn.ScoreName, NumberDataViewType.Single, annotations: null, [.. scores]),
            new ValueColumn<bool>(OwnColumn.LabelName, BooleanDataViewType.Instance, annotations: null, [.. flags]),
            .. label is null ? [] : (GeneratedColumn[])[label],
        ];
        var view = new GeneratedDataView(columns);
        var options = new DetectorReportOptions { LabelColumnName = label?.Name, NormalLabel = normalLabel };
        ReportRows read = ReportRows.Read(view, options);
        // Rows without a label are left out there, and places of those kept here would be others.
        IReadOnlyList<HighRow> kept = read.Scores.Length == scores.Count ? highest.InOrder() : [];
        read = new ReportRows { Scores = read.Scores, Flagged = read.Flagged, Anomalous = read.Anomalous, HasLabels = read.HasLabels, Highest = kept, Groups = kept.Count == 0 ? null : model.Groups() };
        return new EvaluatedRows(model, read, label is null ? null : model.Context.AnomalyDetection.EvaluateDetector(view, label.Name, normalLabel));
    }

    private static DetectorMetrics Measure(MLContext context, float[] scores, bool[] flags, GeneratedColumn label, string? normalLabel) =>
        context.AnomalyDetection.EvaluateDetector(
            new GeneratedDataView(
                new ValueColumn<float>(OwnColumn.ScoreName, NumberDataViewType.Single, annotations: null, scores),
                new ValueColumn<bool>(OwnColumn.LabelName, BooleanDataViewType.Instance, annotations: null, flags),
                label),
            label.Name, normalLabel);

    // As a table of the whole file would have it, under its own name for messages.
    private static GeneratedColumn Column(InferredColumn column, List<string> cells, string file)
    {
        string name = column.Name is OwnColumn.ScoreName or OwnColumn.LabelName ? Label : column.Name;
        if (column.Kind == CellKind.Text)
            return new ValueColumn<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, annotations: null, [.. cells.Select(cell => cell.AsMemory())]);
        float[] numbers = [.. cells.Select((cell, r) => Cell.TryNumber(cell, out float value) ? value
            : throw new UserError($"{file}, row {r + 1}, column '{column.Name}': the label '{cell}' is no number, but those before are."))];
        return column.IsBoolean && !Array.Exists(numbers, float.IsNaN)
            ? new ValueColumn<bool>(name, BooleanDataViewType.Instance, annotations: null, Array.ConvertAll(numbers, value => value != 0))
            : new ValueColumn<float>(name, NumberDataViewType.Single, annotations: null, numbers);
    }
}
