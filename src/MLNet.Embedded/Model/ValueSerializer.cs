namespace Microsoft.ML.Data;

/// <summary>One value of a primitive column type as bytes.</summary>
internal static class ValueSerializer
{
    internal static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> v: writer.Write(v.ToString()); break;
            case bool v: writer.Write(v); break;
            case sbyte v: writer.Write(v); break;
            case byte v: writer.Write(v); break;
            case short v: writer.Write(v); break;
            case ushort v: writer.Write(v); break;
            case int v: writer.Write(v); break;
            case uint v: writer.Write(v); break;
            case long v: writer.Write(v); break;
            case ulong v: writer.Write(v); break;
            case float v: writer.Write(v); break;
            case double v: writer.Write(v); break;
            case TimeSpan v: writer.Write(v.Ticks); break;
            case DateTime v: writer.Write(v.ToBinary()); break;
            case DateTimeOffset v: writer.Write(v.Ticks); writer.Write(v.Offset.Ticks); break;
            case DataViewRowId v: writer.Write(v.Low); writer.Write(v.High); break;
            default: throw new InvalidOperationException($"Values of type {value?.GetType()} cannot be saved");
        }
    }

    internal static object Read(BinaryReader reader, Type type)
    {
        if (type == typeof(ReadOnlyMemory<char>))
            return reader.ReadString().AsMemory();
        if (type == typeof(TimeSpan))
            return new TimeSpan(reader.ReadInt64());
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64()));
        if (type == typeof(DataViewRowId))
            return new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64());
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => reader.ReadBoolean(),
            TypeCode.SByte => reader.ReadSByte(),
            TypeCode.Byte => reader.ReadByte(),
            TypeCode.Int16 => reader.ReadInt16(),
            TypeCode.UInt16 => reader.ReadUInt16(),
            TypeCode.Int32 => reader.ReadInt32(),
            TypeCode.UInt32 => reader.ReadUInt32(),
            TypeCode.Int64 => reader.ReadInt64(),
            TypeCode.UInt64 => reader.ReadUInt64(),
            TypeCode.Single => reader.ReadSingle(),
            TypeCode.Double => reader.ReadDouble(),
            TypeCode.DateTime => DateTime.FromBinary(reader.ReadInt64()),
            _ => throw new FormatException($"Values of type {type} cannot be loaded"),
        };
    }
}
