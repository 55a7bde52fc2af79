using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Writes rows that a model's generator takes for anomalies close to the normal rows.</summary>
internal sealed class GenerateVerb : Verb
{
    private readonly ModelOptions _model = new();
    private readonly OutputOptions _output = new();
    private readonly Option<int> _count = new("--count", "-n") { Description = "Number of rows.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _seed = new("--seed") { Description = "Equal seeds give equal rows.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<float?> _least = new("--minimum-score") { CustomParser = NumberOption.Optional<float>, Description = "The least score of a row; by default rows of any score are written.", HelpName = "SCORE" };
    private readonly Option<bool> _flagged = new("--flagged") { Description = "Only rows that the model flags." };

    public GenerateVerb()
        : base("generate", "Generate rows close to the normal ones, as the model's generator makes them: DA3D and ARN have one.") =>
        Take([_model.Option, .. _output.All, _count, _seed, _least, _flagged]);

    protected override bool WritesRows(ParseResult parse) => _output.IsStandardOutput(parse);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        RowFormat format = _output.FormatOf(parse, _model.PathOf(parse));
        int count = parse.GetValue(_count);
        if (count < 1)
            throw new UserError($"--count takes a number of rows, at least 1; {count} is none.");
        DetectorModel model = _model.Load(parse);
        if (!model.Detector.Model.CanGenerate)
            throw new UserError($"{model.Detector.Model.Descriptor.Name} does not generate rows: train with --method DA3D or --method ARN, which do.");
        float? least = parse.GetValue(_flagged) ? Math.Max(MathF.BitIncrement(model.Detector.Threshold), parse.GetValue(_least) ?? float.MinValue) : parse.GetValue(_least);
        IDataView rows = terminal.Follow("Generating", _ => UserError.Of(() => model.Pipeline.GenerateAnomalies(model.InputSchema, count, parse.GetValue(_seed), least)));
        cancellation.ThrowIfCancellationRequested();
        // A column that could not be brought back is not there to be scored.
        bool scored = model.Inputs.All(input => rows.Schema.GetColumnOrNull(input.Name) is { } column && column.Type == input.Type);
        string path = _output.PathOf(parse);
        OutputFile.Write(path, stream =>
        {
            // Transformers put other columns in the place of those that they read: the rows themselves are those before them.
            ViewRows.Write([(rows, [.. rows.Schema.Select(column => column.Name)]), .. scored ? [(model.Pipeline.Transform(rows), [OwnColumn.ScoreName, OwnColumn.LabelName])] : ((IDataView, string[])[])[]], stream, format);
            return count;
        });
        terminal.Tell($"{count} rows were generated.");
        return new JsonObject { ["rows"] = count, ["output"] = path };
    }
}
