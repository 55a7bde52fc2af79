using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly string _output;
    private readonly string _input;

    internal ColumnCopyingEstimator(IHostEnvironment env, string outputColumnName, string inputColumnName)
        : base(env.Register(nameof(ColumnCopyingEstimator)), new ColumnCopyingTransformer(env, Check(outputColumnName, inputColumnName)))
    {
        _output = outputColumnName;
        _input = inputColumnName;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.TryFindColumn(_input, out SchemaShape.Column column))
            throw Errors.ColumnNotFound(nameof(inputSchema), "input", _input);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(c => c.Name);
        columns[_output] = new SchemaShape.Column(_output, column.Kind, column.ItemType, column.IsKey, column.Annotations);
        return new SchemaShape(columns.Values);
    }

    private static (string, string)[] Check(string output, string input)
    {
        // ML.NET names its internal list of pairs, whichever of the two names is missing.
        if (string.IsNullOrEmpty(output) || string.IsNullOrEmpty(input))
            Errors.CheckNonEmpty(null, "columns");
        return [(output, input)];
    }
}
