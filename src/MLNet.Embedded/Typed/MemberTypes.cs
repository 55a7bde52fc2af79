using System.Collections.Immutable;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>From the .NET type of a member to the type of its column.</summary>
internal static class MemberTypes
{
    internal static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    internal static DataViewType GetColumnType(MemberInfo member)
    {
        Type itemType = ItemTypeOf(TypeOf(member), out bool isVector);
        PrimitiveDataViewType item = DataViewTypeExtensions.TryGetPrimitive(itemType)
            ?? throw Errors.Param("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
            item = KeyOf(member, item.RawType, key);
        if (!isVector)
            return item;
        ImmutableArray<int> dimensions = member.GetCustomAttribute<VectorTypeAttribute>()?.Dimensions ?? [0];
        return new VectorDataViewType(item, dimensions);
    }

    /// <summary>The type of the elements of arrays and vectors, the type itself of scalars.</summary>
    internal static Type ItemTypeOf(Type type, out bool isVector)
    {
        isVector = true;
        if (type.IsArray && type.GetArrayRank() == 1)
            return type.GetElementType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>))
            return type.GetGenericArguments()[0];
        isVector = false;
        return type;
    }

    /// <summary>Whether values of the column can be held by a member of the type.</summary>
    internal static bool IsCompatible(DataViewType columnType, Type memberType)
    {
        Type item = ItemTypeOf(memberType, out bool isVector);
        if (isVector != columnType is VectorDataViewType)
            return false;
        Type raw = columnType.GetItemType().RawType;
        return item == raw || (item == typeof(string) && raw == typeof(ReadOnlyMemory<char>));
    }

    private static KeyDataViewType KeyOf(MemberInfo member, Type rawType, KeyTypeAttribute key)
    {
        if (!KeyDataViewType.IsValidDataType(rawType))
        {
            throw Errors.Param("userType",
                $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
        }

        return new KeyDataViewType(rawType, key.Count ?? MaxKeyCount(rawType));
    }

    internal static ulong MaxKeyCount(Type rawType) => Type.GetTypeCode(rawType) switch
    {
        TypeCode.Byte => byte.MaxValue,
        TypeCode.UInt16 => ushort.MaxValue,
        TypeCode.UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };
}
