using Microsoft.ML;

namespace Conformance.Tests.MLNet;

/// <summary>A right trainer of which parts are replaced.</summary>
internal sealed class ChangedEstimator(IEstimator<ITransformer> inner) : IEstimator<ITransformer>
{
    public Func<IDataView, ITransformer> Fitted { get; init; } = inner.Fit;

    public Func<SchemaShape, SchemaShape> Shape { get; init; } = inner.GetOutputSchema;

    public ITransformer Fit(IDataView input) => Fitted(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape(inputSchema);
}
