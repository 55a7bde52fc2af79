using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A schema as bytes: hidden columns and annotations included.</summary>
internal static class SchemaSerializer
{
    private const string Mark = "MLSCHEMA";
    private const int Version = 1;

    internal static void Write(Stream stream, DataViewSchema schema)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Encoding.ASCII.GetBytes(Mark));
        writer.Write(Version);
        WriteColumns(writer, schema);
    }

    internal static DataViewSchema Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            Errors.CheckDecode(Encoding.ASCII.GetString(reader.ReadBytes(Mark.Length)) == Mark, "The schema of the model is damaged");
            Errors.CheckDecode(reader.ReadInt32() == Version, "The schema of the model is of another version");
            return ReadColumns(reader);
        }
        catch (EndOfStreamException e)
        {
            throw Errors.Decode("The schema of the model is damaged", e);
        }
    }

    private static void WriteColumns(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(schema.Count);
        foreach (DataViewSchema.Column column in schema)
        {
            writer.Write(column.Name);
            TypeSerializer.Write(writer, column.Type);
            DataViewSchema kinds = column.Annotations.Schema;
            DataViewSchema.Column[] saveable = kinds.Where(kind => TypeSerializer.CanWrite(kind.Type)).ToArray();
            writer.Write(saveable.Length);
            foreach (DataViewSchema.Column kind in saveable)
            {
                writer.Write(kind.Name);
                TypeSerializer.Write(writer, kind.Type);
                Invoke(nameof(WriteValue), kind.Type, writer, column.Annotations, kind);
            }
        }
    }

    private static DataViewSchema ReadColumns(BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            DataViewType type = TypeSerializer.Read(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            int kinds = reader.ReadInt32();
            for (int k = 0; k < kinds; k++)
            {
                string kind = reader.ReadString();
                DataViewType kindType = TypeSerializer.Read(reader);
                Invoke(nameof(ReadValue), kindType, reader, annotations, kind, kindType);
            }

            builder.AddColumn(name, type, annotations.ToAnnotations());
        }

        return builder.ToSchema();
    }

    private static void Invoke(string method, DataViewType type, params object[] arguments)
    {
        bool isVector = type is VectorDataViewType;
        string name = isVector ? method + "s" : method;
        MethodInfo info = typeof(SchemaSerializer).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);
        info.MakeGenericMethod(type.GetItemType().RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static void WriteValue<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        T value = default;
        annotations.GetGetter<T>(kind)(ref value);
        ValueSerializer.Write(writer, value);
    }

    private static void WriteValues<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(kind)(ref value);
        writer.Write(value.Length);
        foreach (T item in value.DenseValues())
            ValueSerializer.Write(writer, item);
    }

    private static void ReadValue<T>(BinaryReader reader, DataViewSchema.Annotations.Builder builder, string name, DataViewType type) =>
        builder.AddPrimitiveValue(name, (PrimitiveDataViewType)type, (T)ValueSerializer.Read(reader, typeof(T)));

    private static void ReadValues<T>(BinaryReader reader, DataViewSchema.Annotations.Builder builder, string name, DataViewType type)
    {
        var items = new T[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++)
            items[i] = (T)ValueSerializer.Read(reader, typeof(T));
        var value = new VBuffer<T>(items.Length, items);
        builder.Add(name, type, (ref VBuffer<T> destination) => value.CopyTo(ref destination));
    }
}
