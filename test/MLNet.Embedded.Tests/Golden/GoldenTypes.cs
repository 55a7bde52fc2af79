using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>Column types from the notation of the golden files.</summary>
internal static class GoldenTypes
{
    internal static DataViewType Parse(string text)
    {
        if (text.StartsWith("VarVector<"))
            return new VectorDataViewType((PrimitiveDataViewType)Parse(Inner(text)));
        if (text.StartsWith("Vector<"))
        {
            string inner = Inner(text);
            int from = inner.LastIndexOf('>') + 1;
            int comma = inner.IndexOf(',', from);
            int[] dimensions = comma < 0 ? [0] : inner[(comma + 1)..].Split(',').Select(int.Parse).ToArray();
            return new VectorDataViewType((PrimitiveDataViewType)Parse(comma < 0 ? inner : inner[..comma]), dimensions);
        }

        if (text.StartsWith("Key<"))
        {
            string[] parts = Inner(text).Split(", 0-");
            return new KeyDataViewType(Parse(parts[0]).RawType, ulong.Parse(parts[1]) + 1);
        }

        return text switch
        {
            "Single" => NumberDataViewType.Single,
            "Double" => NumberDataViewType.Double,
            "SByte" => NumberDataViewType.SByte,
            "Byte" => NumberDataViewType.Byte,
            "Int16" => NumberDataViewType.Int16,
            "UInt16" => NumberDataViewType.UInt16,
            "Int32" => NumberDataViewType.Int32,
            "UInt32" => NumberDataViewType.UInt32,
            "Int64" => NumberDataViewType.Int64,
            "UInt64" => NumberDataViewType.UInt64,
            "Boolean" => BooleanDataViewType.Instance,
            "String" => TextDataViewType.Instance,
            _ => throw new ArgumentException($"No column type '{text}'"),
        };
    }

    private static string Inner(string text) => text[(text.IndexOf('<') + 1)..^1];
}
