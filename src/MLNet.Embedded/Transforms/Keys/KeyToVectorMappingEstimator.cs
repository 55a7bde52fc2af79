using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] _columns;
    private readonly bool _outputCountVector;

    internal KeyToVectorMappingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        bool outputCountVector)
        : base(env.Register(nameof(KeyToVectorMappingEstimator)), new KeyToVectorMappingTransformer(env, columns, outputCountVector))
    {
        _columns = columns;
        _outputCountVector = outputCountVector;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            SchemaShape.Column column = KeyColumns.Find(inputSchema, input);
            bool scalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
            bool variable = column.Kind == SchemaShape.Column.VectorKind.VariableVector && !_outputCountVector;
            var annotations = new List<SchemaShape.Column>();
            if (!variable && KeyColumns.HasTextKeyValues(column))
                annotations.Add(AnnotationUtils.SlotNamesShape);
            if (!variable && !_outputCountVector)
                annotations.Add(AnnotationUtils.CategoricalSlotRangesShape);
            if (scalar || !_outputCountVector)
                annotations.Add(AnnotationUtils.IsNormalizedShape);
            SchemaShape.Column.VectorKind kind =
                variable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
            columns[output] = new SchemaShape.Column(output, kind, NumberDataViewType.Single, false, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }
}
