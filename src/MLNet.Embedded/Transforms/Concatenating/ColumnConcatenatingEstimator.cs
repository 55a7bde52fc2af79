using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
    {
        _host = env.Register(nameof(ColumnConcatenatingEstimator));
        Errors.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        Errors.CheckParam(inputColumnNames is { Length: > 0 }, nameof(inputColumnNames), "Input columns not specified");
        Errors.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _output = outputColumnName;
        _inputs = [.. inputColumnNames];
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ColumnConcatenatingTransformer(_host, _output, _inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        columns[_output] = MakeColumn(inputSchema);
        return new SchemaShape(columns.Values);
    }

    private SchemaShape.Column MakeColumn(SchemaShape inputSchema)
    {
        var sources = new SchemaShape.Column[_inputs.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            if (!inputSchema.TryFindColumn(_inputs[i], out sources[i]))
                throw Errors.ColumnNotFound(nameof(inputSchema), "input", _inputs[i]);
            if (!sources[i].ItemType.Equals(sources[0].ItemType) || sources[i].IsKey != sources[0].IsKey)
            {
                throw Errors.Operation($"Concatenated columns should have the same type. Column '{_inputs[i]}' has type of " +
                    $"{sources[i].ItemType}, but expected column type is {sources[0].ItemType}.");
            }
        }

        bool variable = sources.Any(source => source.Kind == SchemaShape.Column.VectorKind.VariableVector);
        var annotations = new List<SchemaShape.Column>();
        if (sources.All(source => Has(source, AnnotationUtils.Kinds.IsNormalized)))
            annotations.Add(AnnotationUtils.IsNormalizedShape);
        if (!variable && sources.Any(source => Has(source, AnnotationUtils.Kinds.CategoricalSlotRanges)))
            annotations.Add(AnnotationUtils.CategoricalSlotRangesShape);
        if (!variable && sources.Any(source =>
            source.Kind == SchemaShape.Column.VectorKind.Scalar || Has(source, AnnotationUtils.Kinds.SlotNames)))
        {
            annotations.Add(AnnotationUtils.SlotNamesShape);
        }

        SchemaShape.Column.VectorKind kind =
            variable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
        return new SchemaShape.Column(_output, kind, sources[0].ItemType, sources[0].IsKey, new SchemaShape(annotations));
    }

    private static bool Has(SchemaShape.Column column, string annotation) => column.Annotations.TryFindColumn(annotation, out _);
}
