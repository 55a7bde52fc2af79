using System.CommandLine;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Options of the verbs that learn from a file: which it is, and what its columns are. Named as the tool mlnet names them.</summary>
internal sealed class DataOptions
{
    private readonly FileOptions _file = new("The rows to learn from: CSV, TSV or Parquet, plain or .gz; - is the standard input.");

    private readonly Option<string?> _label = new("--label-col")
    {
        Description = "The column that tells normal rows from anomalies. Only normal rows are trained on, but by methods that learn from known anomalies. Without it all rows are taken as normal.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _normal = new("--normal-label") { Description = "The label that is normal; by default 0 or false. Labels that are texts need it.", HelpName = "VALUE" };

    private readonly Option<string[]> _ignored = new("--ignore-cols") { Description = "Columns that are left out, with commas or spaces between them.", HelpName = "NAMES", AllowMultipleArgumentsPerToken = true };

    private readonly Option<string[]> _texts = new("--text-cols") { Description = "Columns that hold categories though they look like numbers, or hold another in nearly each row.", HelpName = "NAMES", AllowMultipleArgumentsPerToken = true };

    private readonly Option<bool> _drop = new("--drop-missing") { Description = "Leave out rows with a missing number; else such a row is an error that names it." };

    private readonly Option<int?> _most = new("--max-rows") { Description = "Keep at most so many rows in memory: of more a uniform sample, drawn by --seed.", HelpName = "N" };

    /// <summary>All of them.</summary>
    public Option[] All => [.. _file.All, _label, _normal, _ignored, _texts, _drop, _most];

    /// <summary>Another file of the same kind.</summary>
    public TableFile FileOf(ParseResult parse, string path) => _file.Of(parse, path);

    /// <summary>The file's path, as it was given.</summary>
    public string PathOf(ParseResult parse) => _file.PathOf(parse);

    /// <summary>Reads the file.</summary>
    /// <param name="parse">What was given.</param>
    /// <param name="seed">Draws the rows where there are more than are to be kept.</param>
    /// <param name="terminal">Is told what is left out.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UserError">The file, or a column that is named, is not there or not as it must be.</exception>
    public TrainingRows Read(ParseResult parse, int seed, Terminal terminal, CancellationToken cancellation)
    {
        int? most = parse.GetValue(_most);
        if (most < 2)
            throw new UserError($"--max-rows {most}: at least 2 rows are needed to learn what is normal.");
        TableFile file = _file.Of(parse);
        string? label = parse.GetValue(_label), normal = parse.GetValue(_normal);
        if (label is null && normal is not null)
            throw new UserError($"--normal-label '{normal}' says nothing without --label-col, the column that holds labels.");
        string[] names, unnamed;
        using (TableSource source = file.Open())
            (names, unnamed) = ([.. source.ColumnNames], [.. source.UnnamedColumns]);
        string[] texts = Columns(parse.GetValue(_texts), names, file.Name), ignored = Columns(parse.GetValue(_ignored), names, file.Name);
        if (label is not null)
            label = Columns([label], names, file.Name)[0];
        InferredColumn[] columns = [.. ColumnInference.Run(file, texts).Where(column => !ignored.Contains(column.Name) || column.Name == label)];
        if (Array.Find(columns, column => column.HasDecimalCommas && column.Name != label) is { } commas)
            throw new UserError($"{file.Name}, column '{commas.Name}' holds numbers with decimal commas: numbers take a decimal point. Write the file anew; or, if they are categories, say --text-cols \"{commas.Name}\".");
        if (Array.Find(columns, column => column.NoNumber is not null && column.Name != label) is { NoNumber: { } other } numbers)
        {
            throw new UserError($"{file.Name}, row {other.Row}, column '{numbers.Name}': '{other.Text}' is not a number, and nearly all other rows hold one there. "
                + $"Correct the row (?, NA or nothing stands for a missing number); or, if they are categories, say --text-cols \"{numbers.Name}\"; or leave the column out with --ignore-cols \"{numbers.Name}\".");
        }

        Table table = Table.Read(file, columns, label, normal, parse.GetValue(_drop) ? MissingRows.Drop : MissingRows.Refuse, Reservoir.OfFit(most, seed), cancellation);
        if (table.OfferedRows > table.Rows)
            terminal.Tell($"{table.Rows} of {table.OfferedRows} rows are kept, drawn by the seed (--max-rows).");
        if (table.DroppedRows > 0)
            terminal.Tell($"{table.DroppedRows} rows without a value are left out.");
        string[] useless = [.. table.Identifiers.Except(texts)];
        if (useless.Length > 0)
            terminal.Warn($"left out, as nearly each row holds another text there: {string.Join(", ", useless)}. --text-cols takes such a column all the same, --ignore-cols leaves it out without a word.");
        if (table.EmptyColumns.Count > 0)
            terminal.Warn($"left out, as no row holds a value there: {string.Join(", ", table.EmptyColumns)}.");
        InferredColumn[] features = [.. columns.Where(column => column.Name != label && !useless.Contains(column.Name) && !table.EmptyColumns.Contains(column.Name))];
        foreach (string column in unnamed.Where(name => Array.Exists(features, feature => feature.Name == name)))
            terminal.Warn($"column {Array.IndexOf(names, column) + 1} has no name: it is called '{column}', and learned from like any other. --ignore-cols {column} leaves it out.");
        foreach (string column in table.GrowingColumns.Where(name => Array.Exists(features, feature => feature.Name == name)))
        {
            terminal.Warn($"column '{column}' grows from row to row, as a row's number or time does: what comes later lies outside its range, which raises scores and flags rows. "
                + $"If that is so, leave it out: --ignore-cols \"{column}\".");
        }

        if (features.Length == 0)
            throw new UserError($"{file.Name} has no column left to learn from: {names.Length} columns, of which the label and those left out are none.");
        if (label is null && Array.Find(features, column => column.Name.ToUpperInvariant() is "LABEL" or "CLASS" or "TARGET" or "ANOMALY") is { } suspect)
            terminal.Warn($"column '{suspect.Name}' is learned from like any other: if it holds labels, say --label-col {suspect.Name}, or --ignore-cols {suspect.Name}.");
        return new TrainingRows(file.Name, table, features, label, normal);
    }

    // Names may be given one by one or in one piece.
    private static string[] Columns(string[]? given, string[] names, string file)
    {
        var found = new List<string>();
        foreach (string entry in given ?? [])
        {
            IEnumerable<string> parts = names.Contains(entry) ? [entry] : entry.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (string name in parts)
            {
                if (!names.Contains(name))
                    throw TableSource.Absent(file, name, names);
                found.Add(name);
            }
        }

        return [.. found];
    }
}

/// <summary>The rows that a verb learns from.</summary>
/// <param name="File">Where they are from.</param>
/// <param name="Table">All columns.</param>
/// <param name="Features">The columns that are learned from.</param>
/// <param name="Label">The column with labels, or null.</param>
/// <param name="NormalLabel">What of it is normal, or null for 0 and false.</param>
internal sealed record TrainingRows(string File, Table Table, IReadOnlyList<InferredColumn> Features, string? Label, string? NormalLabel)
{
    /// <summary>Name of the column that the features are put into.</summary>
    public const string FeatureColumn = "Features";

    /// <summary>How many columns of which kind there are, in words.</summary>
    public string Summary
    {
        get
        {
            int texts = Features.Count(column => column.Kind == CellKind.Text);
            return $"{Table.Rows} rows, {Features.Count - texts} columns of numbers{(texts > 0 ? $" and {texts} of categories" : "")}";
        }
    }

    /// <summary>Categories become one-hot groups, and all columns one vector; scales are the detector's own business.</summary>
    public IEstimator<ITransformer> FeaturePipeline(MLContext context)
    {
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        // One transformer for each column: generated rows find their way back through it.
        foreach (InferredColumn column in Features.Where(column => column.Kind == CellKind.Text))
            pipeline = pipeline.Append(context.Transforms.Categorical.OneHotEncoding(column.Name));
        return pipeline.Append(context.Transforms.Concatenate(FeatureColumn, [.. Features.Select(column => column.Name)]));
    }

    /// <summary>The columns that a model is saved with: those that it reads, and the label.</summary>
    public DataViewSchema ModelSchema()
    {
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in Table.View.Schema.Where(column => column.Name == Label || Features.Any(feature => feature.Name == column.Name)))
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
