using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// The rows in random order: out of a pool of rows read ahead, a random one comes next. The same order on every pass, unless the
/// reader brings a generator of its own.
/// </summary>
internal sealed class ShuffleDataView(IDataView input, int seed, int poolSize, bool shuffleSource) : IDataView
{
    public DataViewSchema Schema => input.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        rand ??= new Random(seed);
        bool[] active = columnsNeeded.ToMask(Schema);
        Random sourceRand = shuffleSource && input.CanShuffle ? new Random(rand.Next()) : null;
        return new Cursor(input.GetRowCursor(Schema.Where(i => active[i]), sourceRand), active, rand, poolSize);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly bool[] _active;
        private readonly Random _rand;
        private readonly PoolColumn[] _pool;
        private readonly DataViewRowId[] _ids;
        private readonly ValueGetter<DataViewRowId> _getId;
        private int _count;
        private int _current = -1;
        private bool _inputDone;
        private long _position = -1;

        internal Cursor(DataViewRowCursor input, bool[] active, Random rand, int poolSize)
        {
            _input = input;
            _active = active;
            _rand = rand;
            _ids = new DataViewRowId[poolSize];
            _getId = input.GetIdGetter();
            _pool = new PoolColumn[active.Length];
            foreach (DataViewSchema.Column column in input.Schema.Where(i => active[i]))
                _pool[column.Index] = PoolColumn.Create(input, column, poolSize);
        }

        public override DataViewSchema Schema => _input.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Current()];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_active[column.Index])
                throw Errors.ColumnNotActive(nameof(column));
            return Errors.CheckGetter<TValue>(_pool[column.Index].GetGetter(Current));
        }

        public override bool MoveNext()
        {
            Release();
            while (!_inputDone && _count < _ids.Length)
                ReadAhead();
            if (_count == 0)
            {
                _position = -1;
                return false;
            }

            _current = _rand.Next(_count);
            _position++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        /// <summary>The row served last leaves the pool; the last of the pool takes its place.</summary>
        private void Release()
        {
            if (_current < 0)
                return;
            _count--;
            _ids[_current] = _ids[_count];
            foreach (PoolColumn column in _pool)
                column?.Move(_count, _current);
            _current = -1;
        }

        private void ReadAhead()
        {
            if (!_input.MoveNext())
            {
                _inputDone = true;
                return;
            }

            _getId(ref _ids[_count]);
            foreach (PoolColumn column in _pool)
                column?.Read(_count);
            _count++;
        }

        private int Current() =>
            _current >= 0 ? _current : throw Errors.Operation("Cannot call a getter method when the cursor is not on a row");
    }
}
