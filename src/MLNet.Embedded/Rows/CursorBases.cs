using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor that makes its own rows: counts positions from -1, one batch.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
    private long _position = -1;
    private bool _done;

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (_done)
            return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }

        _position = -1;
        _done = true;
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckGood();
        value = new DataViewRowId((ulong)_position, 0);
    };

    protected abstract bool MoveNextCore();

    protected void CheckGood()
    {
        if (_position < 0)
            throw Errors.Operation("Cannot call a getter method when the cursor is not on a row");
    }
}

/// <summary>A cursor that walks in step with the cursor under it.</summary>
internal abstract class SynchronizedCursor(DataViewRowCursor input) : DataViewRowCursor
{
    protected DataViewRowCursor Input { get; } = input;

    public override long Position => Input.Position;

    public override long Batch => Input.Batch;

    public override bool MoveNext() => Input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }
}
