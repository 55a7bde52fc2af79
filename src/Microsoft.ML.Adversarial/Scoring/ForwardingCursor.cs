using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>The input's cursor under the output's schema, for a reader that wants none of the computed columns.</summary>
internal sealed class ForwardingCursor(DataViewRowCursor input, ScoringSchema schema, bool[] active) : DataViewRowCursor
{
    public override DataViewSchema Schema => schema.Output;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowErrors.RequireActive(column, active);
        return input.GetGetter<TValue>(schema.InputOf(column.Index));
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Errors of cursors and rows, with ML.NET's wording.</summary>
internal static class RowErrors
{
    public static void RequireActive(DataViewSchema.Column column, bool[] active)
    {
        if (column.Index >= active.Length || !active[column.Index])
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this cursor.");
    }

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
}
