namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Rows of a file, read once from the first to the last.</summary>
internal abstract class TableSource : IDisposable
{
    /// <summary>The file's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the file's columns.</summary>
    public abstract IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Of these the ones that the file's header has no name for.</summary>
    public IReadOnlyList<string> UnnamedColumns { get; protected init; } = [];

    /// <summary>Separator of a text file whose lines can be copied; null of other files.</summary>
    public virtual char? Separator => null;

    /// <summary>The file's own type of a column, where it has types; else null.</summary>
    public virtual CellKind? KindOf(string column) => null;

    /// <summary>Whether the file says that a column is true or false.</summary>
    public virtual bool IsBoolean(string column) => false;

    /// <summary>The line of the file that a row begins in, for messages.</summary>
    public virtual string Place(long row) => $"row {row}";

    /// <summary>Says what is read from now on.</summary>
    /// <param name="columns">Columns by name.</param>
    /// <param name="keepLines">Whether the lines are kept as they are.</param>
    /// <exception cref="UserError">A column is missing.</exception>
    public void Select(IReadOnlyList<ColumnRequest> columns, bool keepLines = false)
    {
        int[] places = Array.ConvertAll([.. columns], (ColumnRequest column) => IndexOf(column.Name));
        Select(columns, places, keepLines);
    }

    /// <summary>Place of a column.</summary>
    /// <exception cref="UserError">There is none of that name.</exception>
    public int IndexOf(string column)
    {
        for (int i = 0; i < ColumnNames.Count; i++)
        {
            if (ColumnNames[i] == column)
                return i;
        }

        throw Absent(Name, column, [.. ColumnNames]);
    }

    /// <summary>A column that is named and not there.</summary>
    public static UserError Absent(string file, string column, string[] names) => new($"{file} has no column '{column}'. {Suggestion.For(column, names)}"
        + (names.Length > 1 ? "" : " It is the only column: if its line holds more than one name, say by --separator what stands between them."));

    protected abstract void Select(IReadOnlyList<ColumnRequest> columns, int[] places, bool keepLines);

    /// <summary>Reads the next rows of what was selected.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="UserError">A row is not as the others, or a cell is no number; the message names row and column.</exception>
    public abstract bool Fill(RowBlock block);

    public abstract void Dispose();

    protected UserError NoNumber(long row, string column, ReadOnlySpan<char> text) => new(
        $"{Name}, {Place(row)}, column '{column}': '{(text.Length > 40 ? $"{text[..40]}..." : text.ToString())}' is not a number. "
        + (Cell.HasDecimalComma(text) ? "Numbers take a decimal point, not a comma. " : "")
        + $"Correct the row; or, if the column holds categories, train with --text-cols {Quoted(column)}, or leave it out with --ignore-cols {Quoted(column)}.");

    private static string Quoted(string column) => column.Contains(' ', StringComparison.Ordinal) ? $"\"{column}\"" : column;
}
