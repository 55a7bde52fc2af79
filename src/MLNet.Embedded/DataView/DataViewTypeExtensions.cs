namespace Microsoft.ML.Data;

/// <summary>Questions about column types that many components ask.</summary>
internal static class DataViewTypeExtensions
{
    internal static DataViewType GetItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>1 for scalars, the size of a vector, 0 where it varies.</summary>
    internal static int GetValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    internal static int GetVectorSize(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 0;

    internal static ulong GetKeyCount(this DataViewType type) => type is KeyDataViewType key ? key.Count : 0;

    internal static int GetKeyCountAsInt32(this DataViewType type)
    {
        ulong count = type.GetKeyCount();
        if (count > int.MaxValue)
            throw new InvalidOperationException($"Cardinality of the key type {type} is too large");
        return (int)count;
    }

    /// <summary>The standard type whose values are of this .NET type, or null.</summary>
    internal static PrimitiveDataViewType TryGetPrimitive(Type rawType)
    {
        if (rawType == typeof(ReadOnlyMemory<char>) || rawType == typeof(string))
            return TextDataViewType.Instance;
        if (rawType == typeof(bool))
            return BooleanDataViewType.Instance;
        if (rawType == typeof(DateTime))
            return DateTimeDataViewType.Instance;
        if (rawType == typeof(DateTimeOffset))
            return DateTimeOffsetDataViewType.Instance;
        if (rawType == typeof(TimeSpan))
            return TimeSpanDataViewType.Instance;
        if (rawType == typeof(DataViewRowId))
            return RowIdDataViewType.Instance;
        return TryGetNumber(rawType);
    }

    internal static PrimitiveDataViewType ToPrimitive(this DataKind kind) => kind switch
    {
        DataKind.SByte => NumberDataViewType.SByte,
        DataKind.Byte => NumberDataViewType.Byte,
        DataKind.Int16 => NumberDataViewType.Int16,
        DataKind.UInt16 => NumberDataViewType.UInt16,
        DataKind.Int32 => NumberDataViewType.Int32,
        DataKind.UInt32 => NumberDataViewType.UInt32,
        DataKind.Int64 => NumberDataViewType.Int64,
        DataKind.UInt64 => NumberDataViewType.UInt64,
        DataKind.Single => NumberDataViewType.Single,
        DataKind.Double => NumberDataViewType.Double,
        DataKind.String => TextDataViewType.Instance,
        DataKind.Boolean => BooleanDataViewType.Instance,
        DataKind.TimeSpan => TimeSpanDataViewType.Instance,
        DataKind.DateTime => DateTimeDataViewType.Instance,
        DataKind.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), "Invalid data kind"),
    };

    private static NumberDataViewType TryGetNumber(Type rawType) => Type.GetTypeCode(rawType) switch
    {
        _ when rawType.IsEnum => null,
        TypeCode.SByte => NumberDataViewType.SByte,
        TypeCode.Byte => NumberDataViewType.Byte,
        TypeCode.Int16 => NumberDataViewType.Int16,
        TypeCode.UInt16 => NumberDataViewType.UInt16,
        TypeCode.Int32 => NumberDataViewType.Int32,
        TypeCode.UInt32 => NumberDataViewType.UInt32,
        TypeCode.Int64 => NumberDataViewType.Int64,
        TypeCode.UInt64 => NumberDataViewType.UInt64,
        TypeCode.Single => NumberDataViewType.Single,
        TypeCode.Double => NumberDataViewType.Double,
        _ => null,
    };
}
