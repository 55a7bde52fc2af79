using System.Numerics;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>What was learnt of one column, and how it is applied.</summary>
internal abstract class NormalizerColumn
{
    private const byte AffineCode = 0;
    private const byte CdfCode = 1;

    internal abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    internal abstract Type ItemType { get; }

    internal abstract bool IsVector { get; }

    internal abstract Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column);

    internal void Save(BinaryWriter writer)
    {
        writer.Write(ItemType == typeof(double));
        SaveCore(writer);
    }

    internal static NormalizerColumn Load(BinaryReader reader) => reader.ReadBoolean() ? Load<double>(reader) : Load<float>(reader);

    internal static void CheckLength(int length, int expected)
    {
        // A view that breaks its own schema; ML.NET says no more than this.
        if (length != expected)
            throw new InvalidOperationException();
    }

    protected abstract void SaveCore(BinaryWriter writer);

    protected static void SaveValues<T>(BinaryWriter writer, bool isAffine, bool isVector, T[] first, T[] second)
    {
        writer.Write(isAffine ? AffineCode : CdfCode);
        writer.Write(isVector);
        foreach (T[] values in new[] { first, second })
        {
            writer.Write(values?.Length ?? -1);
            foreach (T value in values ?? [])
                ValueSerializer.Write(writer, value);
        }
    }

    private static NormalizerColumn Load<T>(BinaryReader reader)
        where T : struct, IFloatingPointIeee754<T>
    {
        byte code = reader.ReadByte();
        bool isVector = reader.ReadBoolean();
        T[] first = LoadValues<T>(reader);
        T[] second = LoadValues<T>(reader);
        Errors.CheckDecode(first != null && (second == null ? code == AffineCode : second.Length == first.Length));
        return code == AffineCode ? new AffineColumn<T>(isVector, first, second) : new CdfColumn<T>(isVector, first, second);
    }

    private static T[] LoadValues<T>(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0)
            return null;
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = (T)ValueSerializer.Read(reader, typeof(T));
        return values;
    }
}
