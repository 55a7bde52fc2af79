using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToBinaryVectorMappingEstimator : TrivialEstimator<KeyToBinaryVectorMappingTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] _columns;

    internal KeyToBinaryVectorMappingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(KeyToBinaryVectorMappingEstimator)), new KeyToBinaryVectorMappingTransformer(env, columns)) =>
        _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            SchemaShape.Column column = KeyColumns.Find(inputSchema, input);
            bool variable = column.Kind == SchemaShape.Column.VectorKind.VariableVector;
            var annotations = new List<SchemaShape.Column>();
            if (!variable && KeyColumns.HasTextKeyValues(column))
                annotations.Add(AnnotationUtils.SlotNamesShape);
            if (column.Kind == SchemaShape.Column.VectorKind.Scalar)
                annotations.Add(AnnotationUtils.IsNormalizedShape);
            SchemaShape.Column.VectorKind kind =
                variable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
            columns[output] = new SchemaShape.Column(output, kind, NumberDataViewType.Single, false, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }
}
