using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Tries values of a method's options, and writes a model of the best ones.</summary>
internal sealed class SweepVerb : Verb
{
    private readonly DataOptions _data = new();
    private readonly MethodChoice _method = new();
    private readonly Option<int> _trials = new("--trials") { Description = "Number of trials; the first has the options as they are given.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<SweepStrategy> _strategy = new("--strategy") { Description = "RandomSearch fits each trial to all training rows; SuccessiveHalving begins with a part of them, and goes on with the best third.", HelpName = "NAME" };
    private readonly Option<DetectorMetric> _metric = new("--metric") { Description = $"What decides where there are labels: {string.Join(", ", Enum.GetNames<DetectorMetric>())}. Without labels it is how well rows are told from counterexamples.", HelpName = "NAME" };
    private readonly Option<double> _fraction = new("--test-fraction") { Description = "Share of the normal rows that decide nothing, and tell at the end how good the best trial is.", HelpName = "SHARE", DefaultValueFactory = _ => 0.2 };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "Keep what trials gave in this file; the same command goes on there after a break.", HelpName = "FILE" };
    private readonly Option<double?> _limit = new("--time-limit", "--train-time") { Description = "Seconds after which no trial begins, and those that run are given up.", HelpName = "SECONDS" };
    private readonly Option<int?> _threads = new("--threads") { Description = "Trials at a time; by default one for each processor.", HelpName = "N" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the model of the best options to this file.", HelpName = "FILE" };

    public SweepVerb()
        : base("sweep", "Search a method's options on your rows; the best ones are measured on rows that decided nothing.") =>
        Take([.. _data.All, .. _method.All, _trials, _strategy, _metric, _fraction, _checkpoint, _limit, _threads, _output]);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        string? path = parse.GetValue(_output);
        if (path == "-")
            throw new UserError("--output: a model goes to a file, not to the standard output.");
        OutputFile.Require(path);
        if (parse.GetValue(_limit) is <= 0 or double.NaN)
            throw new UserError("--time-limit takes seconds, more than 0.");
        (DetectorDescriptor method, DetectorOptions options) = _method.Of(parse);
        TrainingRows rows = _data.Read(parse, _method.Seed(parse), terminal, cancellation);
        int trials = parse.GetValue(_trials);
        terminal.Tell($"{rows.Summary}; {trials} trials of {method.Name}.");
        var context = new MLContext(_method.Seed(parse));
        terminal.Listen(context);
        ITransformer features = UserError.Of(() => rows.FeaturePipeline(context).Fit(rows.Table.View));
        long begin = Stopwatch.GetTimestamp();
        DetectorSweep sweep = terminal.Follow("Sweeping", told => UserError.Of(() =>
        {
            int done = 0;
            return context.AnomalyDetection.Sweep(features.Transform(rows.Table.View), new SweepOptions
            {
                Method = method.Name,
                Options = options,
                FeatureColumnName = TrainingRows.FeatureColumn,
                LabelColumnName = rows.Label,
                NormalLabel = rows.NormalLabel,
                NumberOfTrials = trials,
                Strategy = parse.GetValue(_strategy),
                Metric = parse.GetValue(_metric),
                TestFraction = parse.GetValue(_fraction),
                CheckpointPath = parse.GetValue(_checkpoint),
                TimeLimit = parse.GetValue(_limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                NumberOfThreads = parse.GetValue(_threads),
                Seed = _method.Seed(parse),
                CancellationToken = cancellation,
                Progress = new Listener<SweepTrial>(trial => told(Math.Min(++done / (double)trials, 1), $"trial {trial.Number} is done")),
            });
        }));
        double minutes = Stopwatch.GetElapsedTime(begin).TotalMinutes;
        terminal.Say(["Trial", sweep.CriterionName, "Rows", "Fit, s", "Options"], sweep.Ranked.Select(trial => (string[])
        [
            FormattableString.Invariant($"{trial.Number}"), Terminal.Show(trial.Criterion, "F4"), FormattableString.Invariant($"{trial.RowShare:P0}"), Terminal.Show(trial.FitSeconds, "F1"),
            trial.Failure is { } failure ? $"{trial.Description}; failed: {failure}" : trial.Description,
        ]));
        terminal.Say(FormattableString.Invariant($"\n{sweep.Summary} It took {minutes:F1} minutes."));
        var result = new JsonObject
        {
            ["method"] = sweep.Method,
            ["criterion"] = sweep.CriterionName,
            ["best"] = sweep.Best.Number,
            ["minutes"] = Math.Round(minutes, 3),
            ["separation"] = Figure(sweep.Separation),
            ["rocAuc"] = Figure(sweep.Metrics?.AreaUnderRocCurve ?? double.NaN),
            ["averagePrecision"] = Figure(sweep.Metrics?.AveragePrecision ?? double.NaN),
            ["trials"] = new JsonArray([.. sweep.Trials.Select(Json)]),
        };
        if (path is not null)
        {
            UserError.Of(() => context.Model.SaveAtomically(new TransformerChain<ITransformer>(features, sweep.Model), rows.ModelSchema(), path));
            terminal.Say($"The model of the best options is '{path}'.");
            result["model"] = path;
        }

        return result;
    }

    private static JsonNode Json(SweepTrial trial) => new JsonObject
    {
        ["number"] = trial.Number,
        ["criterion"] = Figure(trial.Criterion),
        ["rowShare"] = trial.RowShare,
        ["fitSeconds"] = Figure(trial.FitSeconds),
        ["failure"] = trial.Failure,
        ["options"] = new JsonObject(trial.Values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))),
    };
}
