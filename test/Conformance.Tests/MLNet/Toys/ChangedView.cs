using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>A right view with changed rows and, where one is given, under another schema.</summary>
internal sealed class ChangedView(IDataView inner, RowChanges changes, DataViewSchema? schema = null) : IDataView
{
    public DataViewSchema Schema => schema ?? inner.Schema;

    public bool CanShuffle => inner.CanShuffle;

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] asked = [.. columnsNeeded];
        return new Cursor(inner.GetRowCursor(changes.Needed(inner.Schema, asked), rand), changes, Schema, asked);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] asked = [.. columnsNeeded];
        return Array.ConvertAll(inner.GetRowCursorSet(changes.Needed(inner.Schema, asked), n, rand), cursor => new Cursor(cursor, changes, Schema, asked));
    }

    private sealed class Cursor(DataViewRowCursor inner, RowChanges changes, DataViewSchema schema, DataViewSchema.Column[] asked) : DataViewRowCursor
    {
        public override DataViewSchema Schema => schema;

        public override long Position => changes.Position?.Invoke(inner.Position) ?? inner.Position;

        public override long Batch => inner.Batch;

        public override bool MoveNext() => inner.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => Array.Exists(asked, active => active.Index == column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => changes.GetGetter<TValue>(inner, inner.Schema[column.Index]);

        public override ValueGetter<DataViewRowId> GetIdGetter() => changes.GetIdGetter(inner);

        protected override void Dispose(bool disposing)
        {
            if (disposing && !changes.LeavesOpen)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
