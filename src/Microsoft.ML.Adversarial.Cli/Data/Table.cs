using System.Runtime.InteropServices;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>The rows of a file in memory.</summary>
internal sealed class Table
{
    private const string LabelAnnotation = "NormalLabel";
    private const int MostCategories = 1000;
    private const int ShownRows = 50;

    private Table(IDataView view, IReadOnlyList<InferredColumn> columns, Reservoir sample, long dropped)
    {
        View = view;
        Columns = columns;
        Rows = sample.Count;
        OfferedRows = sample.Offered;
        DroppedRows = dropped;
    }

    /// <summary>The rows, with a column for each of the file's.</summary>
    public IDataView View { get; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<InferredColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of rows that they were drawn from.</summary>
    public long OfferedRows { get; }

    /// <summary>Rows that were left out as a number is missing.</summary>
    public long DroppedRows { get; }

    /// <summary>Columns without use: texts of which nearly every row has another.</summary>
    public IReadOnlyList<string> Identifiers { get; private init; } = [];

    /// <summary>Columns of texts without a value in any row.</summary>
    public IReadOnlyList<string> EmptyColumns { get; private init; } = [];

    /// <summary>Columns of numbers that grow from row to row, or stay.</summary>
    public IReadOnlyList<string> GrowingColumns { get; private init; } = [];

    /// <summary>The label that was written down in a schema, and what of it is normal; null where there is none.</summary>
    public static (string Column, string? NormalLabel)? LabelOf(DataViewSchema schema)
    {
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(LabelAnnotation) is null)
                continue;
            ReadOnlyMemory<char> normal = default;
            column.Annotations.GetValue(LabelAnnotation, ref normal);
            return (column.Name, normal.IsEmpty ? null : normal.ToString());
        }

        return null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="label">The one among them that holds labels, and may lack values; null: none.</param>
    /// <param name="normalLabel">What of it is normal, to be written down in the schema.</param>
    /// <param name="missing">What becomes of rows in which a number is missing.</param>
    /// <param name="sample">Which rows are kept.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UserError">A row is not as the others; the message names it.</exception>
    public static Table Read(TableFile file, IReadOnlyList<InferredColumn> columns, string? label, string? normalLabel, MissingRows missing, Reservoir sample, CancellationToken cancellation)
    {
        ColumnRequest[] requests = [.. columns.Select(column => new ColumnRequest(column.Name, column.Kind))];
        List<float>[] numbers = [.. columns.Select(_ => new List<float>())];
        List<ReadOnlyMemory<char>>[] texts = [.. columns.Select(_ => new List<ReadOnlyMemory<char>>())];
        var block = new RowBlock(requests);
        GrowthCheck[] growth = [.. columns.Select(_ => new GrowthCheck())];
        long dropped = 0;
        using TableSource source = file.Open();
        source.Select(requests);
        while (source.Fill(block))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int r = 0; r < block.Count; r++)
            {
                if (missing != MissingRows.Keep && MissingIn(block, r, requests, label) is { } column)
                {
                    if (missing == MissingRows.Refuse)
                    {
                        throw new UserError($"{file.Name}, row {block.FirstRow + r}, column '{column}' has no value, or an infinite one. "
                            + "Rows to train on need all: --drop-missing leaves such rows out.");
                    }

                    dropped++;
                    continue;
                }

                for (int c = 0; c < requests.Length; c++)
                {
                    if (requests[c].Kind == CellKind.Number)
                        growth[c].Add(block.Numbers[c][r]);
                }

                int place = sample.Offer();
                for (int c = 0; place >= 0 && c < requests.Length; c++)
                {
                    if (requests[c].Kind == CellKind.Number)
                        Put(numbers[c], place, block.Numbers[c][r]);
                    else
                        Put(texts[c], place, block.Texts[c][r].AsMemory());
                }
            }
        }

        if (sample.Count == 0)
            throw new UserError($"{file.Name} holds no rows{(dropped > 0 ? $" but {dropped} without a value, which --drop-missing leaves out" : "")}.");
        var identifiers = new List<string>();
        var empty = new List<string>();
        GeneratedColumn[] made = [.. columns.Select((column, c) =>
        {
            DataViewSchema.Annotations? annotations = column.Name == label ? Note(normalLabel) : null;
            if (column.Kind == CellKind.Text && column.Name != label && texts[c].TrueForAll(text => Cell.IsMissing(text.Span)))
                empty.Add(column.Name);
            else if (column.Kind == CellKind.Text && column.Name != label && IsIdentifier(texts[c]))
                identifiers.Add(column.Name);
            return column.Kind == CellKind.Text ? new ValueColumn<ReadOnlyMemory<char>>(column.Name, TextDataViewType.Instance, annotations, [.. texts[c]])
                : column.IsBoolean && column.Name == label && !numbers[c].Exists(float.IsNaN) ? new ValueColumn<bool>(column.Name, BooleanDataViewType.Instance, annotations, [.. numbers[c].Select(value => value != 0)])
                : (GeneratedColumn)new ValueColumn<float>(column.Name, NumberDataViewType.Single, annotations, [.. numbers[c]]);
        })];
        string[] growing = [.. columns.Where((column, c) => column.Name != label && growth[c].Grows).Select(column => column.Name)];
        return new Table(new GeneratedDataView(made), columns, sample, dropped) { Identifiers = identifiers, EmptyColumns = empty, GrowingColumns = growing };
    }

    private static void Put<T>(List<T> values, int place, T value)
    {
        if (place == values.Count)
            values.Add(value);
        else
            values[place] = value;
    }

    private static string? MissingIn(RowBlock block, int row, ColumnRequest[] columns, string? label)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Kind == CellKind.Number && columns[c].Name != label && !float.IsFinite(block.Numbers[c][row]))
                return columns[c].Name;
        }

        return null;
    }

    private static bool IsIdentifier(List<ReadOnlyMemory<char>> texts)
    {
        if (texts.Count < ShownRows)
            return false;
        int distinct = CollectionsMarshal.AsSpan(texts).ToArray().Select(text => text.ToString()).Distinct().Count();
        return distinct > MostCategories || distinct > texts.Count / 2;
    }

    private static DataViewSchema.Annotations Note(string? normalLabel)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(LabelAnnotation, TextDataViewType.Instance, (normalLabel ?? "").AsMemory());
        return builder.ToAnnotations();
    }
}

/// <summary>What becomes of rows in which a number is missing.</summary>
internal enum MissingRows
{
    /// <summary>They stay, with NaN.</summary>
    Keep,

    /// <summary>They are left out.</summary>
    Drop,

    /// <summary>They are an error that names them.</summary>
    Refuse,
}
