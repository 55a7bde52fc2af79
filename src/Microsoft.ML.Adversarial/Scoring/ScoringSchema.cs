using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>The schema after scoring, and which of its columns stand for which of the input's.</summary>
internal sealed class ScoringSchema
{
    public const string ScoreName = "Score";
    public const string LabelName = "PredictedLabel";

    // ML.NET's names of annotations that evaluators and other tools read.
    private const string KindAnnotation = "ScoreColumnKind";
    private const string ValueAnnotation = "ScoreValueKind";
    private const string SetAnnotation = "ScoreColumnSetId";
    private const string BinaryKind = "BinaryClassification";

    private readonly int[] _inputOf;

    public ScoringSchema(AnomalyDetectorTransformer transformer, DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Features = SchemaErrors.CheckFeatures(input, transformer.FeatureColumnName, transformer.Model.Columns);
        ImageColumn.RequireSame(transformer.Model.Options, Features);
        var builder = new DataViewSchema.Builder();
        var inputOf = new List<int>();
        string? rateName = transformer.FalseAlarmRateColumnName;
        uint set = NextScoreSet(input);
        foreach (DataViewSchema.Column column in input)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
            inputOf.Add(column.Index);
            // A column that takes another's name follows it, as with ML.NET's own transforms.
            if (!column.IsHidden && (column.Name is LabelName or ScoreName || column.Name == rateName))
                AddOwn(column.Name, builder, inputOf, set);
        }

        foreach (string? name in (string?[])[LabelName, ScoreName, rateName])
        {
            if (name is not null && input.GetColumnOrNull(name) is null)
                AddOwn(name, builder, inputOf, set);
        }

        _inputOf = [.. inputOf];
        Output = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The features in the input.</summary>
    public DataViewSchema.Column Features { get; }

    public int ScoreIndex { get; private set; }

    public int LabelIndex { get; private set; }

    /// <summary>Place of the false-alarm rate, or -1 where it has no column.</summary>
    public int RateIndex { get; private set; } = -1;

    /// <summary>Refuses a column of the false-alarm rate that would hide another one that scoring makes or reads.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static void RequireRateName(string? name, string featureColumnName, string parameter)
    {
        if (name is { Length: 0 } or ScoreName or LabelName || name == featureColumnName)
            throw new ArgumentException($"The column of the false-alarm rate cannot be named '{name}': give a name of its own, or null for no such column.", parameter);
    }

    /// <summary>Whether columns that are asked for take a score.</summary>
    public bool NeedsScore(bool[] active) => active[ScoreIndex] || active[LabelIndex] || (RateIndex >= 0 && active[RateIndex]);

    /// <summary>A getter of one of the columns that scoring makes.</summary>
    public Delegate OwnGetter(int outputIndex, AnomalyDetectorTransformer transformer, Func<float> score) =>
        outputIndex == ScoreIndex ? (ValueGetter<float>)((ref float value) => value = score())
        : outputIndex == LabelIndex ? (ValueGetter<bool>)((ref bool value) => value = transformer.IsAnomaly(score()))
        : (ValueGetter<float>)((ref float value) => value = transformer.Model.FalseAlarmRateOf(score()));

    public bool IsOwn(int outputIndex) => _inputOf[outputIndex] < 0;

    public DataViewSchema.Column InputOf(int outputIndex) => Input[_inputOf[outputIndex]];

    /// <summary>Columns of the input that columns of the output need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> outputColumns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in outputColumns)
            needed.Add(IsOwn(column.Index) ? Features.Index : _inputOf[column.Index]);
        return needed.Select(index => Input[index]);
    }

    private void AddOwn(string name, DataViewSchema.Builder builder, List<int> inputOf, uint set)
    {
        int index = inputOf.Count;
        if (name == ScoreName)
        {
            ScoreIndex = index;
            builder.AddColumn(name, NumberDataViewType.Single, Annotations("Score", set));
        }
        else if (name == LabelName)
        {
            LabelIndex = index;
            builder.AddColumn(name, BooleanDataViewType.Instance, Annotations("PredictedLabel", set));
        }
        else
        {
            // None of ML.NET's kinds of scores: its probabilities are those of an anomaly.
            RateIndex = index;
            builder.AddColumn(name, NumberDataViewType.Single);
        }

        inputOf.Add(-1);
    }

    private static DataViewSchema.Annotations Annotations(string valueKind, uint set)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(KindAnnotation, TextDataViewType.Instance, BinaryKind.AsMemory());
        builder.AddPrimitiveValue(ValueAnnotation, TextDataViewType.Instance, valueKind.AsMemory());
        builder.AddPrimitiveValue(SetAnnotation, new KeyDataViewType(typeof(uint), int.MaxValue), set);
        return builder.ToAnnotations();
    }

    private static uint NextScoreSet(DataViewSchema schema)
    {
        uint last = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(SetAnnotation) is not { Type: KeyDataViewType key } || key.RawType != typeof(uint))
                continue;
            uint set = 0;
            column.Annotations.GetValue(SetAnnotation, ref set);
            last = Math.Max(last, set);
        }

        return last + 1;
    }
}
