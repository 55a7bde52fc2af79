using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Column types as bytes: a code for the item, a count for keys, the dimensions of vectors.</summary>
internal static class TypeSerializer
{
    private const byte RowIdCode = 100;

    internal static bool CanWrite(DataViewType type) => type.GetItemType() is KeyDataViewType || TryGetCode(type.GetItemType(), out _);

    internal static void Write(BinaryWriter writer, DataViewType type)
    {
        DataViewType item = type.GetItemType();
        DataViewType basic = item is KeyDataViewType ? DataViewTypeExtensions.TryGetPrimitive(item.RawType) : item;
        if (!TryGetCode(basic, out byte code))
            throw Errors.Operation($"A column of type {type} cannot be saved");
        writer.Write(code);
        writer.Write(item.GetKeyCount());
        ImmutableArray<int> dimensions = type is VectorDataViewType vector ? vector.Dimensions : [];
        writer.Write(dimensions.Length);
        foreach (int dimension in dimensions)
            writer.Write(dimension);
    }

    internal static DataViewType Read(BinaryReader reader)
    {
        byte code = reader.ReadByte();
        ulong keyCount = reader.ReadUInt64();
        var dimensions = new int[reader.ReadInt32()];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = reader.ReadInt32();
        Errors.CheckDecode(code == RowIdCode || Enum.IsDefined((DataKind)code), "Unknown column type in the schema of the model");
        PrimitiveDataViewType item = code == RowIdCode ? RowIdDataViewType.Instance : ((DataKind)code).ToPrimitive();
        if (keyCount > 0)
            item = new KeyDataViewType(item.RawType, keyCount);
        return dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions);
    }

    private static bool TryGetCode(DataViewType type, out byte code)
    {
        code = RowIdCode;
        if (type is RowIdDataViewType)
            return true;
        foreach (DataKind kind in Enum.GetValues<DataKind>())
        {
            code = (byte)kind;
            if (kind.ToPrimitive().Equals(type))
                return true;
        }

        return false;
    }
}
