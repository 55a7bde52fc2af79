using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>The schema after scoring, and which of its columns stand for which of the input's.</summary>
internal sealed class ScoringSchema
{
    // The input's column or the own one that stands at each place of the output; one of the two.
    private readonly int[] _inputOf;
    private readonly OwnColumn?[] _own;

    public ScoringSchema(AnomalyDetectorTransformer transformer, DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Features = SchemaErrors.CheckFeatures(input, transformer.FeatureColumnName, transformer.Model.Columns);
        ImageColumn.RequireSame(transformer.Model.Options, Features);
        IReadOnlyList<OwnColumn> columns = OwnColumn.Of(transformer, Features, NextScoreSet(input));
        var builder = new DataViewSchema.Builder();
        var inputOf = new List<int>();
        var own = new List<OwnColumn?>();
        void Add(OwnColumn column)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
            inputOf.Add(-1);
            own.Add(column);
        }

        foreach (DataViewSchema.Column column in input)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
            inputOf.Add(column.Index);
            own.Add(null);

            // A column that takes another's name follows it, as with ML.NET's own transforms.
            if (!column.IsHidden && columns.FirstOrDefault(made => made.Name == column.Name) is { } namesake)
                Add(namesake);
        }

        foreach (OwnColumn column in columns)
        {
            if (input.GetColumnOrNull(column.Name) is null)
                Add(column);
        }

        _inputOf = [.. inputOf];
        _own = [.. own];
        Output = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The features in the input.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>Whether columns that are asked for take a score.</summary>
    public bool NeedsScore(bool[] active) => AnyActive(active, column => !column.ReadsFeatures);

    /// <summary>Whether columns that are asked for take the features themselves.</summary>
    public bool NeedsFeatures(bool[] active) => AnyActive(active, column => column.ReadsFeatures);

    private bool AnyActive(bool[] active, Func<OwnColumn, bool> condition) => _own.Where((column, index) => column is not null && active[index]).Any(condition!);

    /// <summary>A getter of one of the columns that scoring makes.</summary>
    public Delegate OwnGetter(int outputIndex, IScoredRow row) => _own[outputIndex]!.CreateGetter(row);

    public bool IsOwn(int outputIndex) => _own[outputIndex] is not null;

    public DataViewSchema.Column InputOf(int outputIndex) => Input[_inputOf[outputIndex]];

    /// <summary>Columns of the input that columns of the output need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> outputColumns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in outputColumns)
            needed.Add(IsOwn(column.Index) ? Features.Index : _inputOf[column.Index]);
        return needed.Select(index => Input[index]);
    }

    private static uint NextScoreSet(DataViewSchema schema)
    {
        uint last = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(OwnColumn.SetAnnotation) is not { Type: KeyDataViewType key } || key.RawType != typeof(uint))
                continue;
            uint set = 0;
            column.Annotations.GetValue(OwnColumn.SetAnnotation, ref set);
            last = Math.Max(last, set);
        }

        return last + 1;
    }
}
