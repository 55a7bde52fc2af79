using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view of the rows that pass a test; columns and row names are those of the input.</summary>
internal abstract class FilterDataView(IDataView input) : IDataView
{
    protected IDataView Input { get; } = input;

    public DataViewSchema Schema => Input.Schema;

    public virtual bool CanShuffle => Input.CanShuffle;

    public virtual long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = columnsNeeded.ToMask(Schema);
        return Wrap(Input.GetRowCursor(Needed(active), CanShuffle ? rand : null), active);
    }

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = columnsNeeded.ToMask(Schema);
        DataViewRowCursor[] cursors = Input.GetRowCursorSet(Needed(active), n, CanShuffle ? rand : null);
        return Array.ConvertAll(cursors, cursor => (DataViewRowCursor)Wrap(cursor, active));
    }

    /// <summary>The columns that the test itself reads.</summary>
    protected abstract IEnumerable<int> TestedColumns { get; }

    /// <summary>The test, for the row on which the cursor stands.</summary>
    protected abstract Func<RowVerdict> MakeTest(DataViewRow row);

    private IEnumerable<DataViewSchema.Column> Needed(bool[] active)
    {
        HashSet<int> tested = [.. TestedColumns];
        return Schema.Where(i => active[i] || tested.Contains(i));
    }

    private Cursor Wrap(DataViewRowCursor cursor, bool[] active) => new(cursor, active, MakeTest(cursor));

    private sealed class Cursor(DataViewRowCursor input, bool[] active, Func<RowVerdict> test) : SynchronizedCursor(input)
    {
        private long _position = -1;
        private bool _done;

        public override DataViewSchema Schema => Input.Schema;

        public override long Position => _position;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index])
                throw Errors.ColumnNotActive(nameof(column));
            return Input.GetGetter<TValue>(column);
        }

        public override bool MoveNext()
        {
            while (!_done && Input.MoveNext())
            {
                RowVerdict verdict = test();
                if (verdict == RowVerdict.End)
                    break;
                if (verdict == RowVerdict.Drop)
                    continue;
                _position++;
                return true;
            }

            _done = true;
            _position = -1;
            return false;
        }
    }
}

internal enum RowVerdict
{
    Keep,
    Drop,

    /// <summary>Neither this row nor any after it.</summary>
    End,
}
