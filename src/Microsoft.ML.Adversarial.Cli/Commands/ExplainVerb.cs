using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json.Nodes;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Tells of flagged rows which features made their scores.</summary>
internal sealed class ExplainVerb : Verb
{
    private readonly ModelOptions _model = new();
    private readonly FileOptions _file = new("The rows: CSV, TSV or Parquet, plain or .gz; - is the standard input.");
    private readonly OutputOptions _output = new();
    private readonly Option<int> _top = new("--top") { Description = "Features that are told of each row.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<bool> _all = new("--all-rows") { Description = "Explain rows that are not flagged as well." };
    private readonly Option<float?> _threshold = ModelOptions.Threshold();

    public ExplainVerb()
        : base("explain", "Explain the rows that a model flags: the features that add most to each score, with value and contribution.") =>
        Take([_model.Option, .. _file.All, .. _output.All, _top, _all, _threshold]);

    protected override bool WritesRows(ParseResult parse) => _output.IsStandardOutput(parse);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        RowFormat format = _output.FormatOf(parse, _model.PathOf(parse), _file.PathOf(parse));
        int top = parse.GetValue(_top);
        if (top < 1)
            throw new UserError($"--top takes a number of features, at least 1; {top} is none.");
        DetectorModel model = _model.Load(parse);
        model.Change(parse.GetValue(_threshold), missing: null);
        using TableSource source = _file.Of(parse).OpenOnce();
        var rows = new ExplainedRows(model, source, Math.Min(top, model.Groups().Names.Count()), parse.GetValue(_all));
        string path = _output.PathOf(parse);
        (long count, long explained) = terminal.Follow("Explaining", report => OutputFile.Write(path, stream => rows.Write(stream, format, done => report(0, $"{done:N0} rows"), cancellation)));
        terminal.Tell($"{explained} of {count} rows are explained.");
        return new JsonObject { ["rows"] = count, ["explained"] = explained, ["threshold"] = model.Detector.Threshold, ["output"] = path };
    }
}

/// <summary>Explained rows on the way from one file to another.</summary>
internal sealed class ExplainedRows
{
    private readonly DetectorModel _model;
    private readonly TableSource _source;
    private readonly FeatureGroups _groups;
    private readonly IReadOnlyList<ColumnRequest> _columns;
    private readonly int _top;
    private readonly bool _all;
    private readonly ConcurrentBag<Explainer> _explainers = [];

    public ExplainedRows(DetectorModel model, TableSource source, int top, bool all)
    {
        _model = model;
        _source = source;
        _groups = model.Groups();
        _columns = model.Requests();
        _top = top;
        _all = all;
        source.Select(_columns);
    }

    /// <summary>Explains and writes.</summary>
    /// <returns>Rows that were read and rows that were explained.</returns>
    public (long Rows, long Explained) Write(Stream stream, RowFormat format, Action<long> report, CancellationToken cancellation)
    {
        OutputColumn[] columns =
        [
            new("Row", OutputKind.Whole), new("Score", OutputKind.Number), new("PredictedLabel", OutputKind.Flag),
            .. Enumerable.Range(1, _top).SelectMany(i => (OutputColumn[])[new($"Feature{i}", OutputKind.Text), new($"Value{i}", OutputKind.Text), new($"Contribution{i}", OutputKind.Number)]),
        ];
        using RowWriter writer = RowWriter.Create(stream, format, columns);
        long explained = 0, done = 0;
        long rows = new Scoring(_model, _source, _columns, columns.Length).Run((block, detector) => Explain(block, detector, writer), block =>
        {
            writer.Write(block.Output);
            explained += block.Output.Count;
            report(done += block.Rows.Count);
        }, cancellation);
        writer.End();
        return (rows, explained);
    }

    private void Explain(ScoredBlock block, Detector detector, RowWriter writer)
    {
        int[] rows = [.. Enumerable.Range(0, block.Rows.Count).Where(r => _all || block.Flags[r])];
        if (!_explainers.TryTake(out Explainer? explainer))
            explainer = detector.CreateExplainer();
        var contributions = new float[detector.Columns];
        OutputBlock output = block.Output;
        output.Count = rows.Length;
        output.Values[0] = Array.ConvertAll(rows, r => block.Rows.FirstRow + r);
        output.Values[1] = Array.ConvertAll(rows, r => block.Scores[r]);
        output.Values[2] = Array.ConvertAll(rows, r => block.Flags[r]);
        for (int i = 0; i < _top; i++)
            (output.Values[3 + 3 * i], output.Values[4 + 3 * i], output.Values[5 + 3 * i]) = (new string[rows.Length], new string[rows.Length], new float[rows.Length]);
        for (int k = 0; k < rows.Length; k++)
        {
            FeatureShare[] shares = Shares(block, rows[k], explainer, contributions);
            for (int i = 0; i < _top; i++)
            {
                output.Texts(3 + 3 * i)[k] = shares[i].Name;
                output.Texts(4 + 3 * i)[k] = shares[i].Value;
                output.Numbers(5 + 3 * i)[k] = (float)shares[i].Contribution;
            }
        }

        _explainers.Add(explainer);
        writer.Format(output);
    }

    // A row without a score has none to explain: what is missing is what makes it odd. A feature that adds nothing is none that made a score.
    private FeatureShare[] Shares(ScoredBlock block, int row, Explainer explainer, float[] contributions)
    {
        ReadOnlySpan<float> features = block.FeaturesOf(row);
        if (!float.IsNaN(block.Scores[row]))
        {
            explainer.Explain(features, contributions);
            return Array.ConvertAll(_groups.Top(features, contributions, _top), share => share.Contribution > 0 ? share : new FeatureShare("", "", double.NaN));
        }

        for (int c = 0; c < features.Length; c++)
            contributions[c] = float.IsFinite(features[c]) ? 0 : 1;
        return Array.ConvertAll(_groups.Top(features, contributions, _top), share => share with { Contribution = double.NaN });
    }
}
