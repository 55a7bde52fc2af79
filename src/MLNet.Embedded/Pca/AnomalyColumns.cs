using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The two columns of an anomaly prediction; ML.NET annotates them as those of a binary classification.</summary>
internal static class AnomalyColumns
{
    internal static SchemaShape.Column ScoreShape => Shape(DefaultColumnNames.Score, NumberDataViewType.Single);

    internal static SchemaShape.Column PredictedLabelShape => Shape(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance);

    internal static DataViewSchema.DetachedColumn Score(string name, uint setId) =>
        new(name, NumberDataViewType.Single, Annotations(setId, AnnotationUtils.Values.Score));

    internal static DataViewSchema.DetachedColumn PredictedLabel(uint setId) => new(DefaultColumnNames.PredictedLabel,
        BooleanDataViewType.Instance, Annotations(setId, AnnotationUtils.Values.PredictedLabel));

    /// <summary>One more than the largest id in the input, so that the columns of several predictors can be told apart.</summary>
    internal static uint NextSetId(DataViewSchema schema)
    {
        uint largest = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            DataViewSchema.Column? kind = column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.ScoreColumnSetId);
            if (kind?.Type is not KeyDataViewType || kind.Value.Type.RawType != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationUtils.Kinds.ScoreColumnSetId, ref id);
            largest = Math.Max(largest, id);
        }
        return largest + 1;
    }

    private static DataViewSchema.Annotations Annotations(uint setId, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreColumnSetId, AnnotationUtils.ScoreColumnSetIdType, setId);
        builder.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreColumnKind, TextDataViewType.Instance,
            AnnotationUtils.Values.BinaryClassification.AsMemory());
        builder.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return builder.ToAnnotations();
    }

    private static SchemaShape.Column Shape(string name, DataViewType type)
    {
        const SchemaShape.Column.VectorKind Scalar = SchemaShape.Column.VectorKind.Scalar;
        SchemaShape.Column[] annotations =
        [
            new(AnnotationUtils.Kinds.ScoreColumnSetId, Scalar, NumberDataViewType.UInt32, true),
            new(AnnotationUtils.Kinds.ScoreColumnKind, Scalar, TextDataViewType.Instance, false),
            new(AnnotationUtils.Kinds.ScoreValueKind, Scalar, TextDataViewType.Instance, false),
        ];
        return new SchemaShape.Column(name, Scalar, type, false, new SchemaShape(annotations));
    }
}
