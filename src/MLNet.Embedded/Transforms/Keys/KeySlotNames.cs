using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>The type and the slot names of vectors that have some slots for each key of a column.</summary>
internal static class KeySlotNames
{
    internal static VectorDataViewType VectorType(DataViewType keyType, int slotsPerKey)
    {
        ImmutableArray<int> dimensions = keyType is VectorDataViewType vector ? vector.Dimensions.Add(slotsPerKey) : [slotsPerKey];
        return new VectorDataViewType(NumberDataViewType.Single, dimensions);
    }

    /// <summary>Names of one key's slots, with what tells the keys of a vector apart in front.</summary>
    internal static void Add(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, ReadOnlyMemory<char>[] names)
    {
        if (source.Type is not VectorDataViewType vector)
        {
            builder.AddSlotNames(names.Length, Getter(() => names));
            return;
        }
        ImmutableArray<int> dimensions = vector.Dimensions.Add(names.Length);
        builder.Add(AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, dimensions),
            Getter(() => Prefixed(source, vector.Size, names)));
    }

    private static ReadOnlyMemory<char>[] Prefixed(DataViewSchema.Column source, int size, ReadOnlyMemory<char>[] names)
    {
        ReadOnlyMemory<char>[] prefixes = AnnotationUtils.GetSlotNamesOrNull(source) ?? new ReadOnlyMemory<char>[size];
        var all = new ReadOnlyMemory<char>[checked(size * names.Length)];
        for (int i = 0; i < size; i++)
        {
            string prefix = prefixes[i].IsEmpty ? FormattableString.Invariant($"[{i}]") : prefixes[i].ToString();
            for (int j = 0; j < names.Length; j++)
                all[i * names.Length + j] = $"{prefix}.{names[j]}".AsMemory();
        }
        return all;
    }

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> Getter(Func<ReadOnlyMemory<char>[]> names) =>
        (ref VBuffer<ReadOnlyMemory<char>> destination) =>
        {
            ReadOnlyMemory<char>[] values = names();
            VBuffer<ReadOnlyMemory<char>>.Copy(values, 0, ref destination, values.Length);
        };
}
