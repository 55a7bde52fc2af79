using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Objects as rows; the source is enumerated anew for each cursor.</summary>
internal sealed class EnumerableDataView<TRow> : IDataView
    where TRow : class
{
    private readonly IEnumerable<TRow> _data;
    private readonly TypedColumn[] _columns;

    internal EnumerableDataView(IEnumerable<TRow> data, SchemaDefinition definition)
    {
        _data = data;
        _columns = TypedColumn.Bind(typeof(TRow), SchemaDefinition.Direction.Read, definition);
        Schema = TypedColumn.MakeSchema(_columns);
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _data switch
    {
        ICollection<TRow> collection => collection.Count,
        IReadOnlyCollection<TRow> collection => collection.Count,
        _ => null,
    };

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, columnsNeeded.ToMask(Schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(EnumerableDataView<TRow> parent, bool[] active) : RootCursor
    {
        private readonly IEnumerator<TRow> _rows = parent._data.GetEnumerator();
        private TRow _current;

        public override DataViewSchema Schema => parent.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index])
                throw Errors.ColumnNotActive(nameof(column));
            return Errors.CheckGetter<TValue>(RowGetters.Create(parent._columns[column.Index], Current));
        }

        protected override bool MoveNextCore()
        {
            if (!_rows.MoveNext())
            {
                _current = null;
                return false;
            }

            _current = _rows.Current
                ?? throw Errors.Operation("Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _rows.Dispose();
            base.Dispose(disposing);
        }

        private TRow Current()
        {
            CheckGood();
            return _current;
        }
    }
}
