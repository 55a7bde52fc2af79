using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    private readonly (string outputColumnName, string inputColumnName)[] _columns;
    private readonly PrimitiveDataViewType _type;

    internal TypeConvertingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns, DataKind outputKind)
        : base(env.Register(nameof(TypeConvertingEstimator)), new TypeConvertingTransformer(env, columns, outputKind))
    {
        _columns = columns;
        _type = outputKind.ToPrimitive();
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column column))
                throw Errors.ColumnNotFound(nameof(inputSchema), "input", input);
            if (!ValueConversions.TryGet(column.ItemType, _type, out _))
                throw TypeConvertingTransformer.Incompatible(input, column.ItemType, _type);
            var annotations = new List<SchemaShape.Column>();
            if (column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
                annotations.Add(slotNames);
            bool normalized = column.ItemType is BooleanDataViewType
                || (column.ItemType is NumberDataViewType && column.Annotations.TryFindColumn(AnnotationUtils.Kinds.IsNormalized, out _));
            if (normalized && _type is NumberDataViewType)
                annotations.Add(AnnotationUtils.IsNormalizedShape);
            columns[output] = new SchemaShape.Column(output, column.Kind, _type, false, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }
}
