using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>A table whose cursors are watched: which columns were asked for, how many rows were read, how many cursors are open.</summary>
public sealed class TableView : IDataView
{
    private const int BatchRows = 16;

    private readonly TableColumn[] _columns;
    private readonly long _rows;
    private int _openCursors;
    private long _rowsRead;

    public TableView(long rows, params TableColumn[] columns)
    {
        _columns = columns;
        _rows = rows;
        var builder = new DataViewSchema.Builder();
        foreach (TableColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>Names of the active columns of each cursor that was opened.</summary>
    public List<string[]> Requests { get; } = [];

    public int OpenCursors => Volatile.Read(ref _openCursors);

    public long RowsRead => Interlocked.Read(ref _rowsRead);

    /// <summary>One batch after another belongs to another cursor of a set.</summary>
    public static long BatchOf(long row) => row / BatchRows;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => Open(columnsNeeded, 0, 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return [.. Enumerable.Range(0, Math.Max(1, n)).Select(i => Open(columns, i, Math.Max(1, n)))];
    }

    private Cursor Open(IEnumerable<DataViewSchema.Column> columns, int first, int step)
    {
        var active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columns)
            active[column.Index] = true;
        lock (Requests)
            Requests.Add([.. Schema.Where(column => active[column.Index]).Select(column => column.Name)]);
        Interlocked.Increment(ref _openCursors);
        return new Cursor(this, active, first, step);
    }

    private sealed class Cursor(TableView table, bool[] active, int first, int step) : DataViewRowCursor
    {
        private long _row = -1;
        private long _position = -1;
        private bool _disposed;

        public override DataViewSchema Schema => table.Schema;

        public override long Position => _position;

        public override long Batch => step == 1 || _row < 0 ? 0 : BatchOf(_row);

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override bool MoveNext()
        {
            if (_row >= table._rows)
                return false;
            long next = _row < 0 ? first * BatchRows : _row + 1;
            if (_row >= 0 && next % BatchRows == 0)
                next += (step - 1) * BatchRows;
            _row = Math.Min(next, table._rows);
            _position = _row < table._rows ? _position + 1 : -1;
            if (_position < 0)
                return false;
            Interlocked.Increment(ref table._rowsRead);
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = IdOf(Row());

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index])
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");
            return (ValueGetter<TValue>)table._columns[column.Index].CreateGetter(Row);
        }

        private long Row() => _position >= 0 ? _row : throw new InvalidOperationException("The cursor stands on no row.");

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
                Interlocked.Decrement(ref table._openCursors);
            _disposed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>The id of a row: it is the row's own, wherever a cursor meets it.</summary>
    public static DataViewRowId IdOf(long row) => new((ulong)row, 77);
}
