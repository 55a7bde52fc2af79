using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Scores rows as they come, in memory that does not grow with their number.</summary>
internal sealed class ScoreVerb : Verb
{
    private readonly ModelOptions _model = new();
    private readonly FileOptions _file = new("The rows to score: CSV, TSV or Parquet, plain or .gz; - is the standard input, which is scored as it comes.");
    private readonly OutputOptions _output = new();
    private readonly Option<bool> _append = new("--append") { Description = "Write the columns of the rows before their scores." };
    private readonly Option<float?> _threshold = ModelOptions.Threshold();
    private readonly Option<MissingChoice?> _missing = ModelOptions.Missing();

    public ScoreVerb()
        : base("score", "Score rows: Score, higher for a more anomalous row, and PredictedLabel, true for an anomaly.") =>
        Take([_model.Option, .. _file.All, .. _output.All, _append, _threshold, _missing]);

    protected override bool WritesRows(ParseResult parse) => _output.IsStandardOutput(parse);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        string path = _output.PathOf(parse);
        // Rows with their scores may take the place of the rows.
        RowFormat format = _output.FormatOf(parse, _model.PathOf(parse), parse.GetValue(_append) ? null : _file.PathOf(parse));
        DetectorModel model = _model.Load(parse);
        model.Change(parse.GetValue(_threshold), ModelOptions.Handling(parse.GetValue(_missing)));
        using TableSource source = _file.Of(parse).OpenOnce();
        long begin = Stopwatch.GetTimestamp();
        var rows = new ScoredRows(model, source, format, parse.GetValue(_append));
        (long count, long flagged, long missing) = terminal.Follow("Scoring", report => OutputFile.Write(path, stream => rows.Write(stream, done => report(0, $"{done:N0} rows"), cancellation)));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        terminal.Tell(FormattableString.Invariant($"{count} rows scored in {seconds:F1} s, {count / seconds:F0} a second; {flagged} are anomalies{(missing > 0 ? $", {missing} rows have a missing value" : "")}."));
        return new JsonObject
        {
            ["rows"] = count,
            ["anomalies"] = flagged,
            ["rowsWithMissingValues"] = missing,
            ["threshold"] = model.Detector.Threshold,
            ["seconds"] = Math.Round(seconds, 3),
            ["output"] = path,
        };
    }
}

/// <summary>Rows with their scores on the way from one file to another.</summary>
internal sealed class ScoredRows
{
    private readonly DetectorModel _model;
    private readonly TableSource _source;
    private readonly RowFormat _format;
    private readonly ColumnRequest[] _columns;
    private readonly int _copied;
    private readonly bool _copiesLines;
    private readonly bool _hasRate;

    /// <param name="model">What scores.</param>
    /// <param name="source">The rows.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="append">Whether with all their columns.</param>
    public ScoredRows(DetectorModel model, TableSource source, RowFormat format, bool append)
    {
        _model = model;
        _source = source;
        _format = format;
        _hasRate = model.Detector.FalseAlarmRateColumnName is not null;
        IReadOnlyList<ColumnRequest> needed = model.Requests();
        // Lines that are written with the separator that they were read with need no taking apart.
        string[] made = [OwnColumn.ScoreName, OwnColumn.LabelName, .. _hasRate ? [model.Detector.FalseAlarmRateColumnName!] : (string[])[]];
        if (append && needed.FirstOrDefault(column => made.Contains(column.Name)) is { } twice)
            throw new UserError($"The model learned from a column '{twice.Name}', and --append would write a second one of that name: score without it, or rename the column and train anew.");
        _copiesLines = append && source.Separator is { } separator && separator == RowWriter.SeparatorOf(format) && !source.ColumnNames.Any(made.Contains);
        // Scores of an earlier time make room for those of now.
        _columns = append && !_copiesLines
            ? [.. source.ColumnNames.Where(name => !made.Contains(name) || needed.Any(column => column.Name == name)).Select(name => needed.FirstOrDefault(column => column.Name == name) ?? new ColumnRequest(name, CellKind.Text))]
            : [.. needed];
        foreach (ColumnRequest column in needed)
            source.IndexOf(column.Name);
        _copied = append && !_copiesLines ? _columns.Length : 0;
        source.Select(_columns, _copiesLines);
    }

    /// <summary>Scores and writes all rows.</summary>
    /// <returns>Rows, those flagged, and those without a score.</returns>
    public (long Rows, long Flagged, long Missing) Write(Stream stream, Action<long> report, CancellationToken cancellation)
    {
        OutputColumn[] columns =
        [
            .. _columns.Take(_copied).Select(column => new OutputColumn(column.Name, column.Kind == CellKind.Number ? OutputKind.Number : OutputKind.Text)),
            new(OwnColumn.ScoreName, OutputKind.Number),
            new(OwnColumn.LabelName, OutputKind.Flag),
            .. _hasRate ? [new OutputColumn(_model.Detector.FalseAlarmRateColumnName!, OutputKind.Number)] : (OutputColumn[])[],
        ];
        string? header = _copiesLines ? string.Join(_source.Separator!.Value, _source.ColumnNames.Select(name => CsvWriter.Cell(name, _source.Separator!.Value))) : null;
        using RowWriter writer = RowWriter.Create(stream, _format, columns, header);
        long flagged = 0, missing = 0, done = 0;
        long rows = new Scoring(_model, _source, _columns, columns.Length).Run((block, detector) => Format(block, detector, writer), block =>
        {
            writer.Write(block.Output);
            foreach (float score in block.Scores.AsSpan(0, block.Rows.Count))
                missing += float.IsNaN(score) ? 1 : 0;
            flagged += block.Flags.AsSpan(0, block.Rows.Count).Count(true);
            report(done += block.Rows.Count);
        }, cancellation);
        writer.End();
        return (rows, flagged, missing);
    }

    private void Format(ScoredBlock block, Detector detector, RowWriter writer)
    {
        OutputBlock output = block.Output;
        output.Count = block.Rows.Count;
        output.Lines = _copiesLines ? block.Rows : null;
        for (int c = 0; c < _copied; c++)
            output.Values[c] = _columns[c].Kind == CellKind.Number ? block.Rows.Numbers[c] : block.Rows.Texts[c];
        output.Values[_copied] = block.Scores;
        output.Values[_copied + 1] = block.Flags;
        if (_hasRate)
            output.Values[_copied + 2] = Array.ConvertAll(block.Scores, detector.FalseAlarmRateOf);
        writer.Format(output);
    }
}
