using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a key column's keys stand for: its annotation KeyValues, as texts that no culture changes.</summary>
internal sealed class KeyValues
{
    private const string Annotation = "KeyValues";
    private const int ShownValues = 10;

    private readonly string[] _values;
    private readonly DataViewType? _type;

    private KeyValues(string[] values, DataViewType? type)
    {
        _values = values;
        _type = type;
    }

    public bool IsEmpty => _values.Length == 0;

    /// <summary>The values of a column's keys; none where the column does not tell them.</summary>
    public static KeyValues Of(DataViewSchema.Column column) => new(Texts(column) ?? [], TypeOf(column)?.ItemType);

    /// <summary>The values as texts; null where the column does not tell them.</summary>
    public static string[]? Texts(DataViewSchema.Column column)
    {
        if (TypeOf(column) is not { } type)
            return null;
        MethodInfo read = new Func<DataViewSchema.Annotations, string[]>(Read<int>).Method.GetGenericMethodDefinition().MakeGenericMethod(type.ItemType.RawType);
        return read.CreateDelegate<Func<DataViewSchema.Annotations, string[]>>()(column.Annotations);
    }

    private static VectorDataViewType? TypeOf(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(Annotation)?.Type is VectorDataViewType { ItemType: TextDataViewType or BooleanDataViewType or NumberDataViewType } type
            ? type
            : null;

    private static string[] Read<T>(DataViewSchema.Annotations annotations)
    {
        VBuffer<T> values = default;
        annotations.GetValue(Annotation, ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }

    /// <summary>The key of a value, from 1; null if there is none.</summary>
    public ulong? Find(string value)
    {
        int index = Array.FindIndex(_values, own => IsSame(own, value));
        return index < 0 ? null : (ulong)index + 1;
    }

    // "1.0" is the number 1 and "TRUE" is true, but not the text.
    private bool IsSame(string own, string value) => _type switch
    {
        NumberDataViewType => double.TryParse(own, CultureInfo.InvariantCulture, out double number)
            && double.TryParse(value, CultureInfo.InvariantCulture, out double other) && number == other,
        BooleanDataViewType => string.Equals(own, value, StringComparison.OrdinalIgnoreCase),
        _ => own == value,
    };

    /// <summary>The value of a key, for messages; null if there is none.</summary>
    public string? Show(ulong key) => key >= 1 && key <= (ulong)_values.Length ? $"'{_values[key - 1]}'" : null;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _values.Take(ShownValues).Select(value => $"'{value}'")) + (_values.Length > ShownValues ? " and others" : "");
}
