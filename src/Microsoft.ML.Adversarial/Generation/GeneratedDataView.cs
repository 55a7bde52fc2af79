using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Generated rows, in memory.</summary>
internal sealed class GeneratedDataView : IDataView
{
    private readonly GeneratedColumn[] _columns;

    /// <param name="columns">At least one; all of equally many rows.</param>
    public GeneratedDataView(params GeneratedColumn[] columns)
    {
        _columns = columns;
        var builder = new DataViewSchema.Builder();
        foreach (GeneratedColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _columns[0].Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        var active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
            active[column.Index] = true;
        return new Cursor(this, active);
    }

    // Fewer cursors than asked for are allowed, and reading memory gains nothing by several.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(GeneratedDataView view, bool[] active) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _row < view._columns[0].Rows ? _row : -1;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override bool MoveNext()
        {
            _row = Math.Min(_row + 1, view._columns[0].Rows);
            return Position >= 0;
        }

        private int Current() => Position >= 0 ? _row : throw new InvalidOperationException("The cursor stands on no row: call MoveNext first.");

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            RowErrors.RequireActive(column, active);
            return RowErrors.Cast<TValue>(view._columns[column.Index].CreateGetter(Current), column);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Current(), 0);
    }
}
