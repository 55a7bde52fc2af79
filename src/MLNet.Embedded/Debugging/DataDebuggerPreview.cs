using System.Collections.Immutable;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The first rows of a view as objects, to look at.</summary>
public sealed class DataDebuggerPreview
{
    internal DataDebuggerPreview(IDataView data, int maxRows)
    {
        Schema = data.Schema;
        var columns = new List<object>[Schema.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = [];
        var rows = ImmutableArray.CreateBuilder<RowInfo>();
        using (DataViewRowCursor cursor = data.GetRowCursor(Schema))
        {
            Func<object>[] read = Schema.Select(column => Reader(cursor, column)).ToArray();
            while (rows.Count < maxRows && cursor.MoveNext())
            {
                for (int i = 0; i < read.Length; i++)
                    columns[i].Add(read[i]());
                rows.Add(new RowInfo(Schema.Select(c => new KeyValuePair<string, object>(c.Name, columns[c.Index][^1])).ToArray()));
            }
        }

        RowView = rows.ToImmutable();
        ColumnView = [.. Schema.Select(column => new ColumnInfo(column, columns[column.Index].ToArray()))];
    }

    public DataViewSchema Schema { get; }

    public ImmutableArray<ColumnInfo> ColumnView { get; }

    public ImmutableArray<RowInfo> RowView { get; }

    public override string ToString() => FormattableString.Invariant($"{Schema.Count} columns, {RowView.Length} rows");

    private static Func<object> Reader(DataViewRow row, DataViewSchema.Column column) =>
        (Func<object>)typeof(DataDebuggerPreview).GetMethod(nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column]);

    private static Func<object> ReaderOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            get(ref value);
            return value;
        };
    }

    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object[] values)
        {
            Column = column;
            Values = values;
        }

        public DataViewSchema.Column Column { get; }

        public object[] Values { get; }

        public override string ToString() => $"{Column.Name}: {Column.Type}";
    }

    public sealed class RowInfo
    {
        internal RowInfo(KeyValuePair<string, object>[] values) => Values = values;

        public KeyValuePair<string, object>[] Values { get; }

        public override string ToString() => FormattableString.Invariant($"{Values.Length} columns");
    }
}
