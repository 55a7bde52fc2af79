using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view with the columns of a mapper added; only the columns asked for, and what they need, are computed.</summary>
internal sealed class RowToRowMapperTransform : IDataView, IRowToRowMapper
{
    private readonly IDataView _input;
    private readonly IRowMapper _mapper;
    private readonly OutputColumns _columns;

    internal RowToRowMapperTransform(IDataView input, IRowMapper mapper) : this(input.Schema, mapper) => _input = input;

    /// <summary>A mapper of single rows, with no view under it.</summary>
    internal RowToRowMapperTransform(DataViewSchema inputSchema, IRowMapper mapper)
    {
        _mapper = mapper;
        _columns = new OutputColumns(inputSchema, mapper.GetOutputColumns());
    }

    public DataViewSchema Schema => _columns.Schema;

    public DataViewSchema InputSchema => _columns.Input;

    public DataViewSchema OutputSchema => _columns.Schema;

    public bool CanShuffle => _input.CanShuffle;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] input = Split(columnsNeeded, out bool[] added);
        return new Cursor(_input.GetRowCursor(InputSchema.Where(i => input[i]), rand), new MappedColumns(_columns, _mapper, added));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] input = Split(columnsNeeded, out bool[] added);
        DataViewRowCursor[] cursors = _input.GetRowCursorSet(InputSchema.Where(i => input[i]), n, rand);
        return Array.ConvertAll(cursors, cursor => (DataViewRowCursor)new Cursor(cursor, new MappedColumns(_columns, _mapper, added)));
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] input = Split(dependingColumns, out _);
        return InputSchema.Where(i => input[i]).ToArray();
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Errors.CheckValue(input, nameof(input));
        Split(activeColumns, out bool[] added);
        return new Row(input, new MappedColumns(_columns, _mapper, added));
    }

    private bool[] Split(IEnumerable<DataViewSchema.Column> wanted, out bool[] added)
    {
        _columns.Split(wanted, out bool[] input, out bool[] active);
        Func<int, bool> needed = _mapper.GetDependencies(i => active[i]);
        for (int i = 0; i < input.Length; i++)
            input[i] |= needed(i);
        added = active;
        return input;
    }

    /// <summary>The columns of one row or cursor: the input's getters, and the mapper's.</summary>
    private sealed class MappedColumns(OutputColumns columns, IRowMapper mapper, bool[] added)
    {
        private Delegate[] _getters;
        private Action _disposer;

        internal DataViewSchema Schema => columns.Schema;

        internal void Bind(DataViewRow input) => _getters = mapper.CreateGetters(input, i => added[i], out _disposer);

        internal bool IsActive(DataViewRow input, DataViewSchema.Column column)
        {
            (bool isInput, int index) = columns.Source(column.Index);
            return isInput ? input.IsColumnActive(columns.Input[index]) : added[index];
        }

        internal ValueGetter<TValue> GetGetter<TValue>(DataViewRow input, DataViewSchema.Column column)
        {
            (bool isInput, int index) = columns.Source(column.Index);
            if (isInput)
                return input.GetGetter<TValue>(columns.Input[index]);
            if (!added[index])
                throw Errors.ColumnNotActive(nameof(column));
            return Errors.CheckGetter<TValue>(_getters[index]);
        }

        internal void Dispose() => _disposer?.Invoke();
    }

    private sealed class Cursor : SynchronizedCursor
    {
        private readonly MappedColumns _columns;

        internal Cursor(DataViewRowCursor input, MappedColumns columns) : base(input)
        {
            _columns = columns;
            columns.Bind(input);
        }

        public override DataViewSchema Schema => _columns.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(Input, column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(Input, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _columns.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Row : DataViewRow
    {
        private readonly DataViewRow _input;
        private readonly MappedColumns _columns;

        internal Row(DataViewRow input, MappedColumns columns)
        {
            _input = input;
            _columns = columns;
            columns.Bind(input);
        }

        public override DataViewSchema Schema => _columns.Schema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(_input, column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(_input, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _columns.Dispose();
                _input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
