using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>One object at a time as a row.</summary>
internal sealed class TypedRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly TypedColumn[] _columns;
    private TRow _current;
    private long _position = -1;

    internal TypedRow(TypedColumn[] columns)
    {
        _columns = columns;
        Schema = TypedColumn.MakeSchema(columns);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if ((uint)column.Index >= (uint)_columns.Length)
            throw Errors.Param(nameof(column), "The column is not of this schema");
        return Errors.CheckGetter<TValue>(RowGetters.Create(_columns[column.Index], () => _current));
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    internal void Set(TRow row)
    {
        _current = row;
        _position++;
    }
}
