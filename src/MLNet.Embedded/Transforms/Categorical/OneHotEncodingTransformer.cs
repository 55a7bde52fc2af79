using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A chain of its own; it is saved, and loaded, as that chain.</summary>
public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly TransformerChain<ITransformer> _chain;

    internal OneHotEncodingTransformer(TransformerChain<ITransformer> chain) => _chain = chain;

    bool ITransformer.IsRowToRowMapper => ((ITransformer)_chain).IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _chain.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_chain).Save(ctx);
}
