using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a label says of a row.</summary>
internal enum RowLabel
{
    /// <summary>Nothing: NaN or a missing key.</summary>
    Missing,

    /// <summary>False, 0 or the first key.</summary>
    Normal,

    /// <summary>Anything else.</summary>
    Anomaly,
}

/// <summary>Reads from a label column whether a row is normal or an anomaly.</summary>
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

    /// <summary>The same check of a promised schema.</summary>
    public static void Check(SchemaShape schema, string name)
    {
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name != name)
                continue;
            if (column.Kind == SchemaShape.Column.VectorKind.Scalar && (column.IsKey || column.ItemType is BooleanDataViewType or NumberDataViewType))
                return;
            string got = column.Kind == SchemaShape.Column.VectorKind.Scalar ? $"{column.ItemType}" : $"{column.Kind} of {column.ItemType}";
            throw SchemaErrors.Mismatch("label", name, Expected, got);
        }

        throw SchemaErrors.NotFound("label", name);
    }

    private static bool IsKey(DataViewType type) => type is KeyDataViewType;

    public static Func<RowLabel> Open(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        if (IsKey(column.Type))
            return OpenKey(row, column);
        if (type == typeof(bool))
            return Read<bool>(row, column, value => value ? 1 : 0);
        if (type == typeof(float))
            return Read<float>(row, column, value => value);
        if (type == typeof(double))
            return Read<double>(row, column, value => value);
        if (type == typeof(byte))
            return Read<byte>(row, column, value => value);
        if (type == typeof(ushort))
            return Read<ushort>(row, column, value => value);
        if (type == typeof(uint))
            return Read<uint>(row, column, value => value);
        if (type == typeof(ulong))
            return Read<ulong>(row, column, value => value);
        if (type == typeof(sbyte))
            return Read<sbyte>(row, column, value => value);
        if (type == typeof(short))
            return Read<short>(row, column, value => value);
        if (type == typeof(int))
            return Read<int>(row, column, value => value);
        if (type == typeof(long))
            return Read<long>(row, column, value => value);
        throw SchemaErrors.Mismatch("label", column.Name, Expected, column.Type);
    }

    // A key cell is stored from 1; 0 is missing, here NaN, and the first key is normal.
    private static Func<RowLabel> OpenKey(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        return type == typeof(byte) ? Read<byte>(row, column, value => FromKey(value))
            : type == typeof(ushort) ? Read<ushort>(row, column, value => FromKey(value))
            : type == typeof(uint) ? Read<uint>(row, column, value => FromKey(value))
            : Read<ulong>(row, column, value => FromKey(value));
    }

    private static double FromKey(ulong key) => key == 0 ? double.NaN : key - 1;

    private static Func<RowLabel> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            double number = convert(value);
            return double.IsNaN(number) ? RowLabel.Missing : number == 0 ? RowLabel.Normal : RowLabel.Anomaly;
        };
    }
}
