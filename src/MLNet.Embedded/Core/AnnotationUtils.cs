using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The standard annotations of columns: their names, and how to make and read them.</summary>
internal static class AnnotationUtils
{
    /// <summary>The type of the annotation that ties the columns of one prediction together.</summary>
    internal static KeyDataViewType ScoreColumnSetIdType { get; } = new(typeof(uint), int.MaxValue);

    internal static VectorDataViewType GetNamesType(int size) => new(TextDataViewType.Instance, size);

    internal static VectorDataViewType GetCategoricalType(int rangeCount) => new(NumberDataViewType.Int32, rangeCount, 2);

    internal static SchemaShape.Column SlotNamesShape { get; } =
        new(Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false);

    internal static SchemaShape.Column IsNormalizedShape { get; } =
        new(Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);

    internal static SchemaShape.Column CategoricalSlotRangesShape { get; } =
        new(Kinds.CategoricalSlotRanges, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, false);

    internal static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, int size,
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) =>
        builder.Add(Kinds.SlotNames, GetNamesType(size), getter);

    internal static void AddKeyValues(this DataViewSchema.Annotations.Builder builder, int size, PrimitiveDataViewType valueType,
        Delegate getter) =>
        builder.Add(Kinds.KeyValues, new VectorDataViewType(valueType, size), getter);

    internal static bool HasAnnotation(this DataViewSchema.Column column, string kind) =>
        column.Annotations.Schema.GetColumnOrNull(kind).HasValue;

    /// <summary>The names of the slots, or null where the column has none for all its slots.</summary>
    internal static ReadOnlyMemory<char>[] GetSlotNamesOrNull(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.DenseValues().ToArray();
    }

    internal static class Kinds
    {
        internal const string SlotNames = "SlotNames";
        internal const string KeyValues = "KeyValues";
        internal const string CategoricalSlotRanges = "CategoricalSlotRanges";
        internal const string IsNormalized = "IsNormalized";
        internal const string ScoreColumnSetId = "ScoreColumnSetId";
        internal const string ScoreColumnKind = "ScoreColumnKind";
        internal const string ScoreValueKind = "ScoreValueKind";
    }

    internal static class Values
    {
        internal const string Score = "Score";
        internal const string PredictedLabel = "PredictedLabel";
        internal const string BinaryClassification = "BinaryClassification";
    }
}
