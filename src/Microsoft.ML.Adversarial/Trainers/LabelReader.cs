using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Reads from a label column whether a row is normal: false, 0 or the first key. A missing label is not normal.</summary>
internal static class LabelReader
{
    private const string Expected = "Boolean, a number or a key";

    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw SchemaErrors.NotFound("label", name);
        return column.Type is BooleanDataViewType or NumberDataViewType || IsKey(column.Type)
            ? column
            : throw SchemaErrors.Mismatch("label", name, Expected, column.Type);
    }

    private static bool IsKey(DataViewType type) => type is KeyDataViewType;

    public static Func<bool> Open(DataViewRow row, DataViewSchema.Column column)
    {
        ulong normalKey = IsKey(column.Type) ? 1UL : 0;
        Type type = column.Type.RawType;
        if (type == typeof(bool))
            return Test<bool>(row, column, value => !value);
        if (type == typeof(float))
            return Test<float>(row, column, value => value == 0);
        if (type == typeof(double))
            return Test<double>(row, column, value => value == 0);
        if (type == typeof(byte))
            return Test<byte>(row, column, value => value == normalKey);
        if (type == typeof(ushort))
            return Test<ushort>(row, column, value => value == normalKey);
        if (type == typeof(uint))
            return Test<uint>(row, column, value => value == normalKey);
        if (type == typeof(ulong))
            return Test<ulong>(row, column, value => value == normalKey);
        if (type == typeof(sbyte))
            return Test<sbyte>(row, column, value => value == 0);
        if (type == typeof(short))
            return Test<short>(row, column, value => value == 0);
        if (type == typeof(int))
            return Test<int>(row, column, value => value == 0);
        if (type == typeof(long))
            return Test<long>(row, column, value => value == 0);
        throw SchemaErrors.Mismatch("label", column.Name, Expected, column.Type);
    }

    private static Func<bool> Test<T>(DataViewRow row, DataViewSchema.Column column, Func<T, bool> isNormal)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return isNormal(value);
        };
    }
}
