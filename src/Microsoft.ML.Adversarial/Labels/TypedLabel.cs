using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>A label column whose cells are of one type.</summary>
internal abstract class TypedLabel<T>(DataViewSchema.Column column, string? normalLabel) : LabelColumn(column, normalLabel)
{
    protected abstract RowLabel Tell(T value);

    /// <summary>A value that is not missing, for messages.</summary>
    protected abstract string Show(T value);

    public override Func<RowLabel> Open(DataViewRow row) => Open(row, Tell);

    protected override Func<string?> OpenText(DataViewRow row) => Open(row, value => Tell(value) == RowLabel.Missing ? null : Show(value));

    private Func<TResult> Open<TResult>(DataViewRow row, Func<T, TResult> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(Column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
