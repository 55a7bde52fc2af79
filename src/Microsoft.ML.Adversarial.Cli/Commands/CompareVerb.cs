using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Fits methods to the same rows, and tells how they do on others.</summary>
internal sealed class CompareVerb : Verb
{
    // Timers go no further than 49 days.
    private const int LongestLimit = 30 * 24 * 3600;

    private readonly DataOptions _data = new();
    private readonly Option<string[]> _methods = new("--methods") { Description = "The methods, with commas between them; by default all that the rows allow.", HelpName = "NAMES", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double?> _limit = new("--time-limit", "--train-time") { CustomParser = NumberOption.Optional<double>, Description = "Seconds after which no fit begins, and those that run are given up.", HelpName = "SECONDS" };
    private readonly Option<double> _fraction = new("--test-fraction") { CustomParser = NumberOption.Single<double>, Description = "Share of the normal rows that is kept for the test.", HelpName = "SHARE", DefaultValueFactory = _ => 0.3 };
    private readonly Option<int> _fits = new("--fits") { Description = "Fits of each method: with more than one its stability is told.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _rate = new("--false-alarm-rate") { CustomParser = NumberOption.Single<double>, Description = "Share of normal rows that may be flagged, for the share of anomalies found.", HelpName = "RATE", DefaultValueFactory = _ => 0.01 };
    private readonly Option<int?> _threads = new("--threads") { Description = "Fits at a time; by default one for each processor.", HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the split and of the methods.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the model of the best method to this file.", HelpName = "FILE" };
    private readonly Option<string?> _report = ReportOption.Create();

    public CompareVerb()
        : base("compare", "Compare methods on your rows; with labels by ROC-AUC, without by what can be said then.") =>
        Take([.. _data.All, _methods, _limit, _fraction, _fits, _rate, _threads, _seed, _output, _report]);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        string? path = parse.GetValue(_output), report = parse.GetValue(_report);
        if (path == "-")
            throw new UserError("--output: a model goes to a file, not to the standard output.");
        OutputFile.Require(path, _data.PathOf(parse), report);
        OutputFile.Require(report, _data.PathOf(parse));
        if (parse.GetValue(_limit) is not (null or (> 0 and <= LongestLimit)))
            throw new UserError($"--time-limit takes seconds, more than 0 and at most {LongestLimit} (a month).");
        string[] methods = [.. (parse.GetValue(_methods) ?? []).SelectMany(entry => entry.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(name => MethodOptions.Method(name).Name)];
        TrainingRows rows = _data.Read(parse, parse.GetValue(_seed), terminal, cancellation);
        terminal.Tell($"{rows.Summary}; {(methods.Length == 0 ? "all methods" : string.Join(", ", methods))}.");
        var context = new MLContext(parse.GetValue(_seed));
        terminal.Listen(context);
        ITransformer features = UserError.Of(() => rows.FeaturePipeline(context).Fit(rows.Table.View));
        long begin = Stopwatch.GetTimestamp();
        DetectorComparison comparison = terminal.Follow("Comparing", told => UserError.Of(() =>
        {
            int done = 0, all = methods.Length > 0 ? methods.Length : DetectorRegistry.All.Count;
            return context.AnomalyDetection.Compare(features.Transform(rows.Table.View), new ComparisonOptions
            {
                FeatureColumnName = TrainingRows.FeatureColumn,
                LabelColumnName = rows.Label,
                NormalLabel = rows.NormalLabel,
                Methods = methods.Length > 0 ? methods : null,
                TestFraction = parse.GetValue(_fraction),
                NumberOfFits = parse.GetValue(_fits),
                FalseAlarmRate = parse.GetValue(_rate),
                NumberOfThreads = parse.GetValue(_threads),
                Seed = parse.GetValue(_seed),
                TimeLimit = parse.GetValue(_limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                CancellationToken = cancellation,
                Progress = new Listener<ComparedDetector>(detector => told(++done / (double)all, $"{detector.Name} is done")),
            });
        }));
        double minutes = Stopwatch.GetElapsedTime(begin).TotalMinutes;
        terminal.Say(["Detector", .. comparison.Columns.Select(column => column.Name)], comparison.Detectors.Where(detector => detector.Failure is null)
            .Select(detector => (string[])[detector.Name, .. comparison.Columns.Select(column => DetectorComparison.Format(column.Value(detector), column.Format))]));
        foreach (ComparedDetector failed in comparison.Detectors.Where(detector => detector.Failure is not null))
            terminal.Say($"{failed.Name} failed: {failed.Failure}");
        terminal.Say(FormattableString.Invariant($"\n{comparison.Summary} It took {minutes:F1} minutes."));
        JsonObject result = Json(comparison, minutes);
        if (comparison.Best is null)
            throw new UserError("No method has a result: what each says stands above.");
        if (path is not null)
        {
            UserError.Of(() => context.Model.SaveAtomically(new TransformerChain<ITransformer>(features, comparison.Best.Model!), rows.ModelSchema(), path));
            terminal.Say($"The model of {comparison.Best.Name} is '{path}'.");
            result["model"] = path;
        }

        if (report is not null)
        {
            OutputFile.WriteText(report, comparison.ToHtml());
            terminal.Say($"The report is '{report}'.");
            result["report"] = report;
        }

        return result;
    }

    private static JsonObject Json(DetectorComparison comparison, double minutes)
    {
        return new JsonObject
        {
            ["best"] = comparison.Best?.Name,
            ["criterion"] = comparison.HasLabels ? "rocAuc" : "separation",
            ["trainingRows"] = comparison.NumberOfTrainingRows,
            ["knownAnomalies"] = comparison.NumberOfKnownAnomalies,
            ["normalTestRows"] = comparison.NumberOfNormalTestRows,
            ["testAnomalies"] = comparison.NumberOfTestAnomalies,
            ["minutes"] = Math.Round(minutes, 3),
            ["detectors"] = new JsonArray([.. comparison.Detectors.Select(detector => (JsonNode)new JsonObject
            {
                ["name"] = detector.Name,
                ["failure"] = detector.Failure,
                ["rocAuc"] = Figure(detector.Metrics?.AreaUnderRocCurve ?? double.NaN),
                ["averagePrecision"] = Figure(detector.Metrics?.AveragePrecision ?? double.NaN),
                ["f1"] = Figure(detector.Metrics?.F1Score ?? double.NaN),
                ["detectionRate"] = Figure(detector.DetectionRate),
                ["falseAlarmRate"] = Figure(detector.FalseAlarmRate),
                ["separation"] = Figure(detector.Separation),
                ["agreement"] = Figure(detector.Agreement),
                ["stability"] = Figure(detector.Stability),
                ["fitSeconds"] = Figure(detector.FitSeconds),
                ["rowsPerSecond"] = Figure(detector.RowsPerSecond),
            })]),
        };
    }
}
