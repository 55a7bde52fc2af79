using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Keeps the columns in memory that have been asked for: a column is read with the first cursor that needs it, together with the
/// columns to prefetch.
/// </summary>
internal sealed class CacheDataView : IDataView
{
    private const int BatchSize = 64;

    private readonly IDataView _input;
    private readonly int[] _prefetch;
    private readonly ColumnCache[] _columns;
    private readonly Lock _lock = new();
    private int _rowCount = -1;

    internal CacheDataView(IDataView input, int[] prefetch)
    {
        _input = input;
        _prefetch = prefetch;
        _columns = new ColumnCache[input.Schema.Count];
    }

    public DataViewSchema Schema => _input.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => Volatile.Read(ref _rowCount) is >= 0 and int count ? count : _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = columnsNeeded.ToMask(Schema);
        Fill(active);
        return new Cursor(this, active, rand == null ? null : RandomUtils.Permutation(rand, _rowCount), 0, 1);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = columnsNeeded.ToMask(Schema);
        Fill(active);
        int[] order = rand == null ? null : RandomUtils.Permutation(rand, _rowCount);
        int count = Math.Clamp((_rowCount + BatchSize - 1) / BatchSize, 1, Math.Max(n, 1));
        return Enumerable.Range(0, count).Select(i => (DataViewRowCursor)new Cursor(this, active, order, i, count)).ToArray();
    }

    private void Fill(bool[] active)
    {
        lock (_lock)
        {
            bool[] missing = Array.ConvertAll(active, wanted => wanted);
            for (int i = 0; i < missing.Length; i++)
                missing[i] &= _columns[i] == null;
            if (_rowCount >= 0 && !missing.Contains(true))
                return;
            foreach (int i in _prefetch)
                missing[i] |= _columns[i] == null;
            Read(missing);
        }
    }

    private void Read(bool[] missing)
    {
        using DataViewRowCursor cursor = _input.GetRowCursor(Schema.Where(i => missing[i]));
        ColumnCache[] read = Schema.Where(i => missing[i]).Select(column => ColumnCache.Create(cursor, column)).ToArray();
        int rows = 0;
        while (cursor.MoveNext())
        {
            foreach (ColumnCache column in read)
                column.Append();
            rows = checked(rows + 1);
        }

        foreach (ColumnCache column in read)
            _columns[column.Index] = column;
        Volatile.Write(ref _rowCount, rows);
    }

    /// <summary>Serves every n-th batch of rows, in file order or in a given order.</summary>
    private sealed class Cursor(CacheDataView parent, bool[] active, int[] order, int first, int step) : DataViewRowCursor
    {
        private long _position = -1;
        private int _slot = -1;
        private int _row = -1;

        public override DataViewSchema Schema => parent.Schema;

        public override long Position => _position;

        public override long Batch => step == 1 || _slot < 0 ? 0 : _slot / BatchSize;

        public override bool MoveNext()
        {
            int next = _position < 0 ? (_slot < 0 ? first * BatchSize : parent._rowCount) : _slot + 1;
            if (_position >= 0 && step > 1 && next % BatchSize == 0)
                next += (step - 1) * BatchSize;
            if (next >= parent._rowCount)
            {
                _slot = parent._rowCount;
                _position = -1;
                _row = -1;
                return false;
            }

            _slot = next;
            _position++;
            _row = order == null ? next : order[next];
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)Row(), 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index])
                throw Errors.ColumnNotActive(nameof(column));
            return Errors.CheckGetter<TValue>(parent._columns[column.Index].GetGetter(Row));
        }

        private int Row() => _row >= 0 ? _row : throw Errors.Operation("Cannot call a getter method when the cursor is not on a row");
    }
}
