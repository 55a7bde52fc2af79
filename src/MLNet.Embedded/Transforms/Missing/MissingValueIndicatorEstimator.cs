using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class MissingValueIndicatorEstimator : TrivialEstimator<MissingValueIndicatorTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] _columns;

    internal MissingValueIndicatorEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(MissingValueIndicatorEstimator)), new MissingValueIndicatorTransformer(env, columns)) =>
        _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            SchemaShape.Column column = MissingValues.Find(inputSchema, input, MissingValueIndicatorTransformer.TransformName);
            var annotations = new List<SchemaShape.Column>();
            if (column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
                annotations.Add(slotNames);
            annotations.Add(AnnotationUtils.IsNormalizedShape);
            columns[output] =
                new SchemaShape.Column(output, column.Kind, BooleanDataViewType.Instance, false, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }
}
