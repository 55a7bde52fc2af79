using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>The row that a cursor or prediction engine stands on.</summary>
internal interface IScoredRow
{
    float Score();

    /// <summary>Its features; valid until the next row. Only where an active column reads them.</summary>
    ReadOnlySpan<float> Features();
}

/// <summary>A column that scoring makes.</summary>
/// <param name="Name">Its name; it stands behind a column of the input that has it, as with ML.NET's own transforms.</param>
/// <param name="Type">Its type.</param>
/// <param name="Annotations">What is known of it; null: nothing.</param>
/// <param name="ReadsFeatures">Whether it is made of the row's features, when it is read; else of its score.</param>
/// <param name="CreateGetter">Makes its <see cref="ValueGetter{T}"/> for one cursor or row.</param>
internal sealed record OwnColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, bool ReadsFeatures, Func<IScoredRow, Delegate> CreateGetter)
{
    public const string ScoreName = "Score";
    public const string LabelName = "PredictedLabel";

    // ML.NET's names of annotations that evaluators and other tools read.
    private const string KindAnnotation = "ScoreColumnKind";
    private const string ValueAnnotation = "ScoreValueKind";
    private const string BinaryKind = "BinaryClassification";
    private const string SlotNames = "SlotNames";

    /// <summary>Annotation that numbers the scores of a pipeline.</summary>
    public const string SetAnnotation = "ScoreColumnSetId";

    /// <summary>All columns that a transformer adds, in their order.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="features">The features in the input.</param>
    /// <param name="set">The number of this score in the pipeline.</param>
    public static IReadOnlyList<OwnColumn> Of(AnomalyDetectorTransformer transformer, DataViewSchema.Column features, uint set)
    {
        var columns = new List<OwnColumn>
        {
            new(LabelName, BooleanDataViewType.Instance, ScoreAnnotations("PredictedLabel", set), ReadsFeatures: false,
                row => (ValueGetter<bool>)((ref bool value) => value = transformer.IsAnomaly(row.Score()))),
            new(ScoreName, NumberDataViewType.Single, ScoreAnnotations("Score", set), ReadsFeatures: false,
                row => (ValueGetter<float>)((ref float value) => value = row.Score())),
        };
        ExtraColumns extra = transformer.ExtraColumns;
        if (extra.FalseAlarmRate is { } rate)
        {
            // None of ML.NET's kinds of scores: its probabilities are those of an anomaly.
            columns.Add(new OwnColumn(rate, NumberDataViewType.Single, Annotations: null, ReadsFeatures: false,
                row => (ValueGetter<float>)((ref float value) => value = transformer.Model.FalseAlarmRateOf(row.Score()))));
        }

        if (extra.AnomalyMap is { } map)
        {
            ImageShape shape = transformer.Model.Options.Images!.Shape;
            columns.Add(new OwnColumn(map, new VectorDataViewType(NumberDataViewType.Single, shape.Height, shape.Width), Annotations: null, ReadsFeatures: true,
                row => VectorGetter(row, shape.Height * shape.Width, transformer.Model.CreateMapper().Map)));
        }

        if (extra.FeatureContributions is { } contributions)
        {
            int width = transformer.Model.Columns;
            columns.Add(new OwnColumn(contributions, new VectorDataViewType(NumberDataViewType.Single, width), NamesOf(features), ReadsFeatures: true,
                row => VectorGetter(row, width, transformer.Model.CreateExplainer().Explain)));
        }

        if (extra.TopFeatures is { } top)
        {
            columns.Add(new OwnColumn(top, TextDataViewType.Instance, Annotations: null, ReadsFeatures: true, row =>
            {
                var explained = new TopFeatures(transformer.Model, features, extra.TopFeatureCount);
                return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = explained.Explain(row.Features()).AsMemory());
            }));
        }

        return columns;
    }

    private delegate void VectorOfRow(ReadOnlySpan<float> features, Span<float> values);

    // NaN where a row has no score.
    private static ValueGetter<VBuffer<float>> VectorGetter(IScoredRow row, int length, VectorOfRow compute) => (ref VBuffer<float> value) =>
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, length);
        ReadOnlySpan<float> features = row.Features();
        if (features.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            editor.Values.Fill(float.NaN);
        else
            compute(features, editor.Values);
        value = editor.Commit();
    };

    private static DataViewSchema.Annotations ScoreAnnotations(string valueKind, uint set)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(KindAnnotation, TextDataViewType.Instance, BinaryKind.AsMemory());
        builder.AddPrimitiveValue(ValueAnnotation, TextDataViewType.Instance, valueKind.AsMemory());
        builder.AddPrimitiveValue(SetAnnotation, new KeyDataViewType(typeof(uint), int.MaxValue), set);
        return builder.ToAnnotations();
    }

    /// <summary>The names of a column's slots, empty where one has none; null where the column has no names.</summary>
    public static string[]? SlotNamesOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(SlotNames) is null)
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(SlotNames, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static DataViewSchema.Annotations? NamesOf(DataViewSchema.Column features)
    {
        if (features.Annotations.Schema.GetColumnOrNull(SlotNames) is null)
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(features.Annotations, name => name == SlotNames);
        return builder.ToAnnotations();
    }
}
