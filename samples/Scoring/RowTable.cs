using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Scoring;

/// <summary>The rows of a request as ML.NET reads rows.</summary>
internal sealed class RowTable : IDataView
{
    private readonly IReadOnlyList<InputColumn> _columns;
    private readonly ColumnValues[] _values;
    private long _cleared;

    /// <summary>No rows yet.</summary>
    public RowTable(IReadOnlyList<InputColumn> columns, int capacity)
    {
        _columns = columns;
        _values = [.. columns.Select(column => column.CreateValues(capacity))];
        var builder = new DataViewSchema.Builder();
        foreach (InputColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = builder.ToSchema();
    }

    public int Count { get; private set; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>Adds a row: an object with a property for each column; others are not read.</summary>
    /// <exception cref="BadRowException">It is no object, lacks a column, or holds a value of another type.</exception>
    public void Add(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
            throw new BadRowException(Count, null, $"Row {Count} is no object but {Describe(row)}: give {{\"{_columns[0].Name}\": ...}}.");
        for (int c = 0; c < _values.Length; c++)
        {
            InputColumn column = _columns[c];
            if (!row.TryGetProperty(column.Name, out JsonElement value))
            {
                string given = string.Join(", ", row.EnumerateObject().Take(20).Select(property => $"'{property.Name}'"));
                throw new BadRowException(Count, column.Name, $"Row {Count} has no column '{column.Name}' ({column.Expected}); it has {(given.Length == 0 ? "none" : given)}.");
            }

            if (!_values[c].TryAdd(value))
                throw new BadRowException(Count, column.Name, $"Row {Count}, column '{column.Name}': expected {column.Expected}, got {Describe(value)}.");
        }

        Count++;
    }

    /// <summary>Adds a row that stands for any.</summary>
    public void AddDefault()
    {
        foreach (ColumnValues values in _values)
            values.AddDefault();
        Count++;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        foreach (ColumnValues values in _values)
            values.Clear();
        Count = 0;
        _cleared++;
    }

    /// <summary>The first row, whatever it is then: for a mapper that is asked again and again.</summary>
    public DataViewRow FirstRow() => new OnlyRow(this);

    private static string Describe(JsonElement value)
    {
        string text = value.GetRawText();
        string shown = text.Length <= 40 ? text : $"{text[..37]}...";
        return value.ValueKind == JsonValueKind.Array ? $"a list of {value.GetArrayLength()}" : value.ValueKind == JsonValueKind.Object ? "an object" : shown;
    }

    public long? GetRowCount() => Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [new Cursor(this)];

    private ValueGetter<TValue> CreateGetter<TValue>(DataViewSchema.Column column, Func<int> row) => _values[column.Index].CreateGetter(row) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue)}.");

    private sealed class OnlyRow(RowTable table) : DataViewRow
    {
        public override DataViewSchema Schema => table.Schema;

        // Transformers keep what they computed of a position: another row must have another one.
        public override long Position => table._cleared;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => table.CreateGetter<TValue>(column, () => 0);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Position, 0);
    }

    private sealed class Cursor(RowTable table) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => table.Schema;

        public override long Position => _row < table.Count ? _row : -1;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext() => _row < table.Count && ++_row < table.Count;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            table.CreateGetter<TValue>(column, () => _row);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);
    }
}

/// <summary>A row is not what the model takes.</summary>
internal sealed class BadRowException(int row, string? column, string message) : Exception(message)
{
    /// <summary>Its place in the request, from 0.</summary>
    public int Row => row;

    /// <summary>The column, or null where it is the row itself.</summary>
    public string? Column => column;
}
