namespace Microsoft.ML.Data;

/// <summary>A view on some columns of another, possibly reordered or repeated.</summary>
internal sealed class ColumnSelectingView : IDataView, IRowToRowMapper
{
    private readonly IDataView _input;
    private readonly int[] _sources;

    internal ColumnSelectingView(IDataView input, int[] sources) : this(input.Schema, sources) => _input = input;

    /// <summary>A mapper of single rows, with no view under it.</summary>
    internal ColumnSelectingView(DataViewSchema inputSchema, int[] sources)
    {
        InputSchema = inputSchema;
        _sources = sources;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(sources.Select(source => inputSchema[source]));
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema => Schema;

    public bool CanShuffle => _input.CanShuffle;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, _input.GetRowCursor(GetDependencies(columnsNeeded), rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        Array.ConvertAll(_input.GetRowCursorSet(GetDependencies(columnsNeeded), n, rand),
            cursor => (DataViewRowCursor)new Cursor(this, cursor));

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        (dependingColumns ?? []).Select(Source).DistinctBy(column => column.Index).ToArray();

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new Row(this, input);
    }

    private DataViewSchema.Column Source(DataViewSchema.Column column) => InputSchema[_sources[column.Index]];

    private sealed class Cursor(ColumnSelectingView view, DataViewRowCursor input) : SynchronizedCursor(input)
    {
        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => Input.IsColumnActive(view.Source(column));

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            Input.GetGetter<TValue>(view.Source(column));
    }

    private sealed class Row(ColumnSelectingView view, DataViewRow input) : DataViewRow
    {
        public override DataViewSchema Schema => view.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(view.Source(column));

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            input.GetGetter<TValue>(view.Source(column));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
