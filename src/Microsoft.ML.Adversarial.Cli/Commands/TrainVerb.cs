using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Trains a detector on a file, and writes a model that any program with ML.NET loads.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly DataOptions _data = new();
    private readonly MethodChoice _method = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = "The model's file.", HelpName = "FILE", DefaultValueFactory = _ => "model.zip" };
    private readonly Option<string?> _test = new("--test-dataset", "--validation-dataset") { Description = "Other rows with the same columns, labelled, that the trained model is evaluated on.", HelpName = "FILE" };
    private readonly Option<float?> _threshold = ModelOptions.Threshold();
    private readonly Option<MissingChoice?> _missing = ModelOptions.Missing();
    private readonly Option<string?> _report = ReportOption.Create();

    public TrainVerb()
        : base("train", "Train a detector on rows that are normal, or that a label tells to be.") =>
        Take([.. _data.All, _output, .. _method.All, _test, _threshold, _missing, _report]);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        string path = parse.GetRequiredValue(_output);
        if (path == "-")
            throw new UserError("--output: a model goes to a file, not to the standard output.");
        string data = _data.PathOf(parse);
        string? test = parse.GetValue(_test), report = parse.GetValue(_report);
        OutputFile.Require(path, data, test, report);
        OutputFile.Require(report, data, test);
        (DetectorDescriptor method, DetectorOptions options) = _method.Of(parse);
        if (parse.GetValue(_threshold) is not null && _method.ChoosesThreshold(parse))
            throw new UserError("--threshold and --contamination each choose the threshold: give one of them.");
        TrainingRows rows = _data.Read(parse, _method.Seed(parse), terminal, cancellation);
        if (options.LeastAnomalies > 0 && rows.Label is null)
            throw new UserError($"{method.Name} learns from known anomalies: --label-col names the column that tells them.");
        if (test is not null)
            RequireTest(_data.FileOf(parse, test), rows);
        terminal.Tell($"{rows.Summary}; {method.Name}.");
        var context = new MLContext(_method.Seed(parse));
        terminal.Listen(context);
        var progress = new List<TrainingProgress>();
        long begin = Stopwatch.GetTimestamp();
        DetectorModel model = terminal.Follow("Training", report =>
        {
            options.CancellationToken = cancellation;
            options.Progress = new Listener<TrainingProgress>(value =>
            {
                progress.Add(value);
                report(value.Fraction, value.Phase);
            });
            return Fit(context, rows, options);
        });
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        model.Change(parse.GetValue(_threshold), ModelOptions.Handling(parse.GetValue(_missing)));
        if (options.FalseAlarmRate is not null)
            model.AddFalseAlarmRate();
        UserError.Of(() => context.Model.SaveAtomically(model.Pipeline, model.InputSchema, path));

        AnomalyDetectorTransformer detector = model.Detector;
        double flagged = detector.Model.TrainingScores.ToArray().Count(detector.IsAnomaly) / (double)detector.Model.TrainingScores.Length;
        terminal.Say(FormattableString.Invariant($"{method.Name} learned {detector.Model.Columns} features of {detector.Model.TrainingScores.Length} normal rows in {seconds:F1} s; threshold {detector.Threshold:G5}, {flagged:P1} of these rows lie above it."));
        terminal.Say($"The model is '{path}'.");
        var result = new JsonObject
        {
            ["model"] = path,
            ["method"] = method.Name,
            ["rows"] = rows.Table.Rows,
            ["normalRows"] = detector.Model.TrainingScores.Length,
            ["droppedRows"] = rows.Table.DroppedRows,
            ["features"] = detector.Model.Columns,
            ["seconds"] = Math.Round(seconds, 3),
            ["threshold"] = detector.Threshold,
            ["flaggedShare"] = flagged,
            ["options"] = JsonNode.Parse(method.ToJson(detector.Model.Options)),
        };
        Evaluate(parse, terminal, model, rows, progress, result, cancellation);
        return result;
    }

    private static DetectorModel Fit(MLContext context, TrainingRows rows, DetectorOptions options) => UserError.Of(() =>
    {
        ITransformer features = rows.FeaturePipeline(context).Fit(rows.Table.View);
        AnomalyDetectorTransformer detector = context.AnomalyDetection.Trainers.Detector(options, TrainingRows.FeatureColumn, rows.Label, rows.NormalLabel)
            .Fit(features.Transform(rows.Table.View));
        return DetectorModel.Of(context, new TransformerChain<ITransformer>(features, detector), rows.ModelSchema(), "The model");
    });

    // Before a training that may take hours.
    private static void RequireTest(TableFile file, TrainingRows rows)
    {
        using TableSource source = file.Open();
        foreach (string column in rows.Features.Select(feature => feature.Name).Concat(rows.Label is { } label ? [label] : []))
            source.IndexOf(column);
    }

    // On rows of a file of their own; else, for a report, on the rows trained on.
    private void Evaluate(ParseResult parse, Terminal terminal, DetectorModel model, TrainingRows rows, IReadOnlyList<TrainingProgress> progress, JsonObject result, CancellationToken cancellation)
    {
        string? test = parse.GetValue(_test), report = parse.GetValue(_report);
        if (test is null && report is null)
            return;
        KeyValuePair<string, string>[] facts = [new("Trained on", $"{rows.File}: {rows.Summary}"), .. rows.Label is { } label ? [new("Label", label + (rows.NormalLabel is { } normal ? $", {normal} is normal" : ""))] : (KeyValuePair<string, string>[])[]];
        EvaluatedRows evaluated;
        string? note = null;
        if (test is not null)
        {
            TableFile file = _data.FileOf(parse, test);
            facts = [.. facts, new("Tested on", file.Name)];
            evaluated = terminal.Follow("Testing", _ => EvaluatedRows.Score(model, file, rows.Label, rows.NormalLabel, report is null ? 0 : ReportOption.ExplainedRows, cancellation));
        }
        else
        {
            evaluated = UserError.Of(() => EvaluatedRows.OfTraining(model, rows));
            note = "These rows were trained on: they score lower than new ones, and figures of them flatter. --test-dataset evaluates on others.";
        }

        if (test is not null)
        {
            EvaluateVerb.Say(terminal, evaluated);
            result["test"] = EvaluateVerb.Json(evaluated);
        }

        if (report is not null)
        {
            OutputFile.WriteText(report, terminal.Follow("Report", _ => UserError.Of(() => evaluated.ToHtml(new DetectorReportOptions
            {
                Title = $"{model.Detector.Model.Descriptor.Name}, trained on {rows.File}",
                Detector = model.Detector,
                TrainingProgress = progress,
                Facts = facts,
                Note = note,
            }))));
            terminal.Say($"The report is '{report}'.");
            result["report"] = report;
        }
    }
}
