using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>A right row mapper with changed rows or dependencies.</summary>
internal sealed class ChangedMapper(IRowToRowMapper inner, RowChanges changes, Func<DataViewSchema, IEnumerable<DataViewSchema.Column>>? dependencies = null) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inner.InputSchema;

    public DataViewSchema OutputSchema => inner.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependencies?.Invoke(InputSchema) ?? inner.GetDependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        DataViewSchema.Column[] asked = [.. activeColumns];
        return new Row(inner.GetRow(input, changes.Needed(OutputSchema, asked)), changes, asked);
    }

    private sealed class Row(DataViewRow inner, RowChanges changes, DataViewSchema.Column[] asked) : DataViewRow
    {
        public override DataViewSchema Schema => inner.Schema;

        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => Array.Exists(asked, active => active.Index == column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => changes.GetGetter<TValue>(inner, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();
    }
}
