namespace Microsoft.ML.Data;

/// <summary>What is known of the slots of a concatenation: names, which of them form categories, whether all are normalized.</summary>
internal static class ConcatenatedAnnotations
{
    internal static DataViewSchema.Annotations Make(DataViewSchema.Column[] sources, bool variableSize)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (sources.All(source => source.IsNormalized()))
            builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (variableSize)
            return builder.ToAnnotations();

        if (sources.Any(source => source.Type is not VectorDataViewType || source.HasSlotNames()))
        {
            int size = sources.Sum(source => source.Type.GetValueCount());
            builder.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> names) =>
                names = new VBuffer<ReadOnlyMemory<char>>(size, sources.SelectMany(SlotNames).ToArray()));
        }

        int[] ranges = CategoricalRanges(sources);
        if (ranges.Length > 0)
        {
            builder.Add(AnnotationUtils.Kinds.CategoricalSlotRanges, AnnotationUtils.GetCategoricalType(ranges.Length / 2),
                (ref VBuffer<int> value) => value = new VBuffer<int>(ranges.Length, [.. ranges]));
        }
        return builder.ToAnnotations();
    }

    private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column source)
    {
        if (source.Type is not VectorDataViewType)
            return [source.Name.AsMemory()];
        ReadOnlyMemory<char>[] names = AnnotationUtils.GetSlotNamesOrNull(source) ?? new ReadOnlyMemory<char>[source.Type.GetVectorSize()];
        return names.Select(name => name.IsEmpty ? name : $"{source.Name}.{name}".AsMemory());
    }

    private static int[] CategoricalRanges(DataViewSchema.Column[] sources)
    {
        var ranges = new List<int>();
        int offset = 0;
        foreach (DataViewSchema.Column source in sources)
        {
            if (source.HasAnnotation(AnnotationUtils.Kinds.CategoricalSlotRanges))
            {
                VBuffer<int> own = default;
                source.Annotations.GetValue(AnnotationUtils.Kinds.CategoricalSlotRanges, ref own);
                foreach (int bound in own.DenseValues())
                    ranges.Add(offset + bound);
            }
            offset += source.Type.GetValueCount();
        }
        return ranges.ToArray();
    }
}
