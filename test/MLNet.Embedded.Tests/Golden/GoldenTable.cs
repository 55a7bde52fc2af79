using System.Reflection;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>A table of a golden file as a plain view in memory: row count known, not shufflable.</summary>
internal sealed class GoldenTable : IDataView
{
    private readonly Array[] _columns;
    private readonly int _rowCount;

    private GoldenTable(JsonElement table)
    {
        JsonElement[] columns = table.GetProperty("columns").EnumerateArray().ToArray();
        JsonElement[] rows = table.GetProperty("rows").EnumerateArray().ToArray();
        var builder = new DataViewSchema.Builder();
        _rowCount = rows.Length;
        _columns = new Array[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            DataViewType type = GoldenTypes.Parse(columns[i].GetProperty("type").GetString());
            builder.AddColumn(columns[i].GetProperty("name").GetString(), type, Annotations(columns[i]));
            _columns[i] = Array.CreateInstance(type.RawType, _rowCount);
            for (int row = 0; row < _rowCount; row++)
                _columns[i].SetValue(Value(rows[row][i], type), row);
        }

        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    internal static IDataView Load(JsonElement table) => new GoldenTable(table);

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, columnsNeeded.Select(column => column.Index).ToHashSet());

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private static DataViewSchema.Annotations Annotations(JsonElement column)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        foreach ((string property, string kind) in new[] { ("keyValues", "KeyValues"), ("slotNames", "SlotNames") })
        {
            if (column.Optional(property) is not { } names)
                continue;
            ReadOnlyMemory<char>[] texts = names.EnumerateArray().Select(name => name.GetString().AsMemory()).ToArray();
            builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, texts.Length),
                (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(texts, 0, ref value, texts.Length));
        }

        return builder.ToAnnotations();
    }

    private static object Value(JsonElement cell, DataViewType type)
    {
        if (type is not VectorDataViewType vector)
            return GoldenValue.Parse(cell, type.RawType);
        object[] items = cell.EnumerateArray().Select(item => GoldenValue.Parse(item, vector.ItemType.RawType)).ToArray();
        return typeof(GoldenTable).GetMethod(nameof(Vector), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(vector.ItemType.RawType).Invoke(null, [items]);
    }

    private static VBuffer<T> Vector<T>(object[] items) => new(items.Length, items.Cast<T>().ToArray());

    private sealed class Cursor(GoldenTable table, HashSet<int> active) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => table.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext() => _row + 1 < table._rowCount && ++_row >= 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Assert.True(IsColumnActive(column), $"Column {column.Name} is read but was not asked for");
            if (table._columns[column.Index] is TValue[] values)
                return (ref TValue value) => value = values[_row];
            throw new InvalidOperationException($"Column {column.Name} is of type {column.Type}, not {typeof(TValue)}");
        }
    }
}
