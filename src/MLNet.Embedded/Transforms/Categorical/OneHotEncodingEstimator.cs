using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Values to keys, then keys to vectors, under the same column name.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly ValueToKeyMappingEstimator _toKeys;
    private readonly IEstimator<ITransformer> _toVectors;

    internal OneHotEncodingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        OutputKind outputKind, int maximumNumberOfKeys, ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality, IDataView keyData)
    {
        ArgumentNullException.ThrowIfNull(env);
        _toKeys = new ValueToKeyMappingEstimator(env, columns, maximumNumberOfKeys, keyOrdinality, asText: true, keyData);
        (string, string)[] keys = Array.ConvertAll(columns, column => (column.outputColumnName, column.outputColumnName));
        _toVectors = outputKind switch
        {
            OutputKind.Bag => new KeyToVectorMappingEstimator(env, keys, outputCountVector: true),
            OutputKind.Indicator => new KeyToVectorMappingEstimator(env, keys, outputCountVector: false),
            OutputKind.Binary => new KeyToBinaryVectorMappingEstimator(env, keys),
            OutputKind.Key => null,
            _ => throw Errors.Param(nameof(outputKind), $"Unknown output kind {outputKind}"),
        };
    }

    public enum OutputKind : byte
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
        Binary = 4,
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        ValueToKeyMappingTransformer toKeys = _toKeys.Fit(input);
        return new OneHotEncodingTransformer(_toVectors == null
            ? new TransformerChain<ITransformer>(toKeys)
            : new TransformerChain<ITransformer>(toKeys, _toVectors.Fit(toKeys.Transform(input))));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape keys = _toKeys.GetOutputSchema(inputSchema);
        return _toVectors == null ? keys : _toVectors.GetOutputSchema(keys);
    }
}
