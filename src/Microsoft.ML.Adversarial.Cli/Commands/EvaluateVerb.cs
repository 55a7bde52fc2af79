using System.CommandLine;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Tells how good a model is on labelled rows.</summary>
internal sealed class EvaluateVerb : Verb
{
    private static readonly double[] _defaultRates = [0.001, 0.01, 0.02, 0.05, 0.1];

    private readonly ModelOptions _model = new();
    private readonly FileOptions _file = new("Labelled rows: CSV, TSV or Parquet, plain or .gz; - is the standard input.");
    private readonly Option<string?> _label = new("--label-col") { Description = "The column with labels; by default the one that the model was trained with.", HelpName = "NAME" };
    private readonly Option<string?> _normal = new("--normal-label") { Description = "The label that is normal; by default the model's, else 0 or false.", HelpName = "VALUE" };
    private readonly Option<double[]> _rates = new("--false-alarm-rates") { CustomParser = NumberOption.Many<double>, Description = "Shares of normal rows that may be flagged, for the table of thresholds.", HelpName = "RATES", AllowMultipleArgumentsPerToken = true };
    private readonly Option<float?> _threshold = ModelOptions.Threshold();
    private readonly Option<MissingChoice?> _missing = ModelOptions.Missing();
    private readonly Option<string?> _report = ReportOption.Create();

    public EvaluateVerb()
        : base("evaluate", "Measure a model on labelled rows: ranking, precision and recall at its threshold, thresholds by false alarms.") =>
        Take([_model.Option, .. _file.All, _label, _normal, _rates, _threshold, _missing, _report]);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        double[] rates = parse.GetValue(_rates) is { Length: > 0 } given ? given : _defaultRates;
        if (Array.Find(rates, rate => rate is not (>= 0 and <= 1)) is not 0 and double wrong)
            throw new UserError($"--false-alarm-rates takes shares in [0, 1]; {Terminal.Show(wrong, "R")} is none.");
        string? report = parse.GetValue(_report);
        OutputFile.Require(report, _model.PathOf(parse), _file.PathOf(parse));
        DetectorModel model = _model.Load(parse);
        model.Change(parse.GetValue(_threshold), ModelOptions.Handling(parse.GetValue(_missing)));
        (string Column, string? NormalLabel)? own = Table.LabelOf(model.InputSchema);
        string label = parse.GetValue(_label) ?? own?.Column
            ?? throw new UserError("The model was trained without labels: --label-col names the column of the rows that has them.");
        string? normal = parse.GetValue(_normal) ?? (label == own?.Column ? own?.NormalLabel : null);
        TableFile file = _file.Of(parse);
        EvaluatedRows rows = terminal.Follow("Scoring", _ => EvaluatedRows.Score(model, file, label, normal, report is null ? 0 : ReportOption.ExplainedRows, cancellation));
        Say(terminal, rows);
        Say(terminal, rows.Levels(rates));
        JsonObject result = Json(rows, rates);
        if (report is null)
            return result;
        OutputFile.WriteText(report, terminal.Follow("Report", _ => UserError.Of(() => rows.ToHtml(new DetectorReportOptions
        {
            Title = $"{model.Detector.Model.Descriptor.Name} on {file.Name}",
            Detector = model.Detector,
            FalseAlarmRates = rates,
            Facts = [new("Model", model.Name), new("Rows", file.Name), new("Label", label + (normal is null ? "" : $", {normal} is normal"))],
        }))));
        terminal.Say($"The report is '{report}'.");
        result["report"] = report;
        return result;
    }

    /// <summary>The figures for people.</summary>
    public static void Say(Terminal terminal, EvaluatedRows rows)
    {
        if (rows.Metrics is { } metrics)
            terminal.Say(metrics.ToString());
        else
            terminal.Say($"{rows.Count} rows, {rows.Flagged} flagged; there are no labels.");
    }

    private static void Say(Terminal terminal, IReadOnlyList<FalseAlarmLevel> levels)
    {
        if (levels.Count == 0)
            return;
        terminal.Say("");
        terminal.Say(["False alarms allowed", "Threshold", "False alarms", "Anomalies found", "Precision"], levels.Select(level => (string[])
            [Terminal.Show(level.AllowedRate, "0.####"), Terminal.Show(level.Threshold, "G5"), Terminal.Show(level.FalseAlarmRate), Terminal.Show(level.DetectionRate), Terminal.Show(level.Precision)]));
    }

    /// <summary>The figures for programs; what is not defined is null.</summary>
    public static JsonObject Json(EvaluatedRows rows, IReadOnlyList<double>? rates = null)
    {
        var result = new JsonObject { ["rows"] = rows.Count, ["flagged"] = rows.Flagged };
        if (rows.Metrics is { } metrics)
        {
            result["rocAuc"] = Figure(metrics.AreaUnderRocCurve);
            result["averagePrecision"] = Figure(metrics.AveragePrecision);
            result["precision"] = Figure(metrics.Precision);
            result["recall"] = Figure(metrics.Recall);
            result["f1"] = Figure(metrics.F1Score);
            result["truePositives"] = metrics.TruePositives;
            result["falsePositives"] = metrics.FalsePositives;
            result["trueNegatives"] = metrics.TrueNegatives;
            result["falseNegatives"] = metrics.FalseNegatives;
            result["rowsWithoutScore"] = metrics.NumberOfMissingScores;
            result["rowsWithoutLabel"] = metrics.NumberOfMissingLabels;
            result["normalLabel"] = metrics.NormalLabel;
            result["message"] = metrics.Message;
        }

        if (rates is not null)
        {
            result["falseAlarms"] = new JsonArray([.. rows.Levels(rates).Select(level => (JsonNode)new JsonObject
            {
                ["allowed"] = level.AllowedRate,
                ["threshold"] = Figure(level.Threshold),
                ["falseAlarmRate"] = Figure(level.FalseAlarmRate),
                ["detectionRate"] = Figure(level.DetectionRate),
                ["precision"] = Figure(level.Precision),
            })]);
        }

        return result;
    }
}
