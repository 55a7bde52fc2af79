namespace Microsoft.ML.Data;

/// <summary>A category number: stored as 0 for missing and 1..Count for the valid values.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count) : base(type)
    {
        if (count == 0 || MaxCount(type) < count)
        {
            throw new ArgumentOutOfRangeException(nameof(count),
                "The cardinality of a key type must be positive and not exceed the range of its raw type");
        }

        Count = count;
    }

    public KeyDataViewType(Type type, int count) : this(type, count < 0 ? 0 : (ulong)count)
    {
    }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) =>
        type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);

    public override bool Equals(DataViewType other) =>
        other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => FormattableString.Invariant($"Key<{RawType.Name}, 0-{Count - 1}>");

    private static ulong MaxCount(Type type)
    {
        if (type == typeof(byte))
            return byte.MaxValue;
        if (type == typeof(ushort))
            return ushort.MaxValue;
        if (type == typeof(uint))
            return uint.MaxValue;
        if (type == typeof(ulong))
            return ulong.MaxValue;
        throw new ArgumentOutOfRangeException(nameof(type), $"Type {type} is not valid for a key: only unsigned integers are");
    }
}
