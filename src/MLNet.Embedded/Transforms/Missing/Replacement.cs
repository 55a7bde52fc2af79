using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The values that stand in for missing ones, and the getters that put them there.</summary>
internal abstract class Replacement
{
    internal abstract Type ItemType { get; }

    internal abstract int Count { get; }

    internal abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column);

    internal static Replacement Zero(DataViewType itemType) =>
        itemType.RawType == typeof(double) ? new Replacement<double>([0]) : new Replacement<float>([0]);

    internal void Save(BinaryWriter writer)
    {
        writer.Write(ItemType == typeof(double));
        writer.Write(Count);
        SaveValues(writer);
    }

    internal static Replacement Load(BinaryReader reader) => reader.ReadBoolean() ? Load<double>(reader) : Load<float>(reader);

    protected abstract void SaveValues(BinaryWriter writer);

    private static Replacement Load<T>(BinaryReader reader)
        where T : struct, IFloatingPointIeee754<T>
    {
        int count = reader.ReadInt32();
        Errors.CheckDecode(count > 0);
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = (T)ValueSerializer.Read(reader, typeof(T));
        return new Replacement<T>(values);
    }
}

internal sealed class Replacement<T>(T[] values) : Replacement
    where T : struct, IFloatingPointIeee754<T>
{
    internal override Type ItemType => typeof(T);

    internal override int Count => values.Length;

    internal override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column)
    {
        if (values.Length > 1)
            return SlotsGetter(input.GetGetter<VBuffer<T>>(column));
        T replacement = values[0];
        return MappedGetters.Make(input, column, (in T value, ref T destination) => destination = T.IsNaN(value) ? replacement : value);
    }

    protected override void SaveValues(BinaryWriter writer)
    {
        foreach (T value in values)
            ValueSerializer.Write(writer, value);
    }

    private ValueGetter<VBuffer<T>> SlotsGetter(ValueGetter<VBuffer<T>> get)
    {
        VBuffer<T> source = default;
        return (ref VBuffer<T> destination) =>
        {
            get(ref source);
            NormalizerColumn.CheckLength(source.Length, values.Length);
            source.CopyTo(ref destination);
            VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref destination);
            for (int i = 0; i < editor.Values.Length; i++)
            {
                if (T.IsNaN(editor.Values[i]))
                    editor.Values[i] = values[source.IsDense ? i : editor.Indices[i]];
            }
            destination = editor.Commit();
        };
    }
}
