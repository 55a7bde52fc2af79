using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] _columns;

    internal KeyToValueMappingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(KeyToValueMappingEstimator)), new KeyToValueMappingTransformer(env, columns)) => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            SchemaShape.Column column = KeyColumns.Find(inputSchema, input);
            if (!column.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column values))
                throw KeyToValueMappingTransformer.NoKeyValues();
            SchemaShape annotations = column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames)
                ? new SchemaShape([slotNames])
                : null;
            columns[output] = new SchemaShape.Column(output, column.Kind, values.ItemType, values.IsKey, annotations);
        }
        return new SchemaShape(columns.Values);
    }
}
