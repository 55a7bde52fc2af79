using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// One row of chosen numbers. Transformers do not tell in public which slot goes where; what they do to such a row does.
/// </summary>
/// <param name="schema">The transformer's input.</param>
/// <param name="columns">The active columns: floats, doubles or vectors of them.</param>
/// <param name="value">The number in a slot; slots are counted from 0 through all active columns.</param>
internal sealed class ProbeRow(DataViewSchema schema, DataViewSchema.Column[] columns, Func<int, double> value) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => 0;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => PlaceOf(column) >= 0;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int place = PlaceOf(column);
        if (place < 0)
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this row.");
        int first = columns[..place].Sum(before => WidthOf(before.Type));
        double[] numbers = [.. Enumerable.Range(first, WidthOf(column.Type)).Select(value)];
        var values = new NumberValues(numbers.Length, numbers, numbers, numbers);
        return RowErrors.Cast<TValue>(TypedColumns.Create(column, values).CreateGetter(() => 0), column);
    }

    private int PlaceOf(DataViewSchema.Column column) => Array.FindIndex(columns, active => active.Index == column.Index);

    /// <summary>Whether a column can be active.</summary>
    public static bool CanHold(DataViewSchema.Column column) => WidthOf(column.Type) > 0;

    /// <summary>Slots of a number or of a vector of known size; 0 for all that holds no floats.</summary>
    public static int WidthOf(DataViewType type)
    {
        DataViewType item = type is VectorDataViewType vector ? vector.ItemType : type;
        return item != NumberDataViewType.Single && item != NumberDataViewType.Double ? 0 : (type as VectorDataViewType)?.Size ?? 1;
    }

    /// <summary>The numbers in a column of a row, or null where it holds others than floats.</summary>
    public static double[]? Read(DataViewRow row, DataViewSchema.Column column)
    {
        DataViewType type = column.Type;
        return WidthOf(type) == 0 ? null
            : type == NumberDataViewType.Single ? [Get<float>(row, column)]
            : type == NumberDataViewType.Double ? [Get<double>(row, column)]
            : ((VectorDataViewType)type).ItemType == NumberDataViewType.Single
                ? [.. Get<VBuffer<float>>(row, column).DenseValues().Select(number => (double)number)]
                : [.. Get<VBuffer<double>>(row, column).DenseValues()];
    }

    private static T Get<T>(DataViewRow row, DataViewSchema.Column column)
    {
        T result = default!;
        row.GetGetter<T>(column)(ref result);
        return result;
    }
}
