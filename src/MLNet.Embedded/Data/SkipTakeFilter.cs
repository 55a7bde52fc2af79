namespace Microsoft.ML.Data;

/// <summary>The rows from a number on, at most a number of them.</summary>
internal sealed class SkipTakeFilter(IDataView input, long skip, long take) : FilterDataView(input)
{
    // Which rows are the first ones is a matter of order.
    public override bool CanShuffle => false;

    protected override IEnumerable<int> TestedColumns => [];

    public override long? GetRowCount() => Input.GetRowCount() is { } count ? Math.Clamp(count - skip, 0, take) : null;

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    protected override Func<RowVerdict> MakeTest(DataViewRow row)
    {
        long seen = 0;
        return () =>
        {
            long at = seen++;
            if (at < skip)
                return RowVerdict.Drop;
            return at - skip < take ? RowVerdict.Keep : RowVerdict.End;
        };
    }
}
