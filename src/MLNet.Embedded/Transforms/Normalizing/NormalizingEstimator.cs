using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHost _host;
    private readonly (string outputColumnName, string inputColumnName)[] _columns;
    private readonly NormalizerOptions _options;

    internal NormalizingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        NormalizerOptions options)
    {
        _host = env.Register(nameof(NormalizingEstimator));
        Errors.CheckValue(columns, nameof(columns));
        foreach ((string output, _) in columns)
            Errors.CheckNonEmpty(output, "outputColumnName");
        _columns = columns;
        _options = options;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var sources = new DataViewSchema.Column[_columns.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            string name = _columns[i].inputColumnName;
            sources[i] = input.Schema.GetColumnOrNull(name) ?? throw Errors.ColumnNotFound("data", "input", name);
            if (!IsSupported(sources[i].Type))
            {
                throw Errors.Param("srcType", "Wrong column type for input column. Expected: Single, Double, Vector of Single or " +
                    $"Vector of Double. Got: {sources[i].Type}.");
            }
        }

        using DataViewRowCursor cursor = input.GetRowCursor(sources.DistinctBy(source => source.Index));
        NormalizerLearner[] learners = Array.ConvertAll(sources, source => NormalizerLearner.Create(cursor, source, _options));
        for (long row = 0; row < _options.MaximumExampleCount && cursor.MoveNext(); row++)
        {
            foreach (NormalizerLearner learner in learners)
                learner.ProcessRow();
        }
        return new NormalizingTransformer(_host, _columns, Array.ConvertAll(learners, learner => learner.Finish()));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column column))
                throw Errors.ColumnNotFound(nameof(inputSchema), "input", input);
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", input, "fixed-size vector or scalar", column.GetTypeString());
            if (!IsReal(column.ItemType) || column.IsKey)
            {
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", input, "vector or scalar of Single or Double",
                    column.GetTypeString());
            }
            List<SchemaShape.Column> annotations = [AnnotationUtils.IsNormalizedShape];
            if (column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
                annotations.Add(slotNames);
            columns[output] = new SchemaShape.Column(output, column.Kind, column.ItemType, false, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }

    private static bool IsSupported(DataViewType type) => type.GetValueCount() > 0 && IsReal(type.GetItemType());

    private static bool IsReal(DataViewType itemType) =>
        itemType.Equals(NumberDataViewType.Single) || itemType.Equals(NumberDataViewType.Double);
}
