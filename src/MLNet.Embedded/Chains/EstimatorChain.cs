using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators fitted one after the other, each on the output of those before it.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly ImmutableArray<EstimatorChainLink> _links;

    public readonly IEstimator<TLastTransformer> LastEstimator;

    public EstimatorChain() => _links = [];

    internal EstimatorChain(ImmutableArray<EstimatorChainLink> links)
    {
        _links = links;
        LastEstimator = (IEstimator<TLastTransformer>)links[^1].Estimator;
    }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        // A mistake in a later estimator shall show before the first pass over the data.
        GetOutputSchema(SchemaShape.Create(input.Schema));

        IDataView data = input;
        var transformers = new List<ITransformer>(_links.Length);
        for (int i = 0; i < _links.Length; i++)
        {
            ITransformer transformer = _links[i].Estimator.Fit(data);
            transformers.Add(transformer);
            if (i == _links.Length - 1)
                break;
            data = transformer.Transform(data);
            if (_links[i].CacheAfter)
                data = new CacheDataView(data, []);
        }

        return new TransformerChain<TLastTransformer>(transformers, _links.Select(link => link.Scope));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Errors.CheckValue(inputSchema, nameof(inputSchema));
        return _links.Aggregate(inputSchema, (shape, link) => link.Estimator.GetOutputSchema(shape));
    }

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator,
        TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        Errors.CheckValue(estimator, nameof(estimator));
        return new EstimatorChain<TNewTrans>(_links.Add(new EstimatorChainLink(estimator, scope, false)));
    }

    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        Errors.CheckValue(env, nameof(env));
        if (_links.IsEmpty || _links[^1].CacheAfter)
            return this;
        return new EstimatorChain<TLastTransformer>(_links.SetItem(_links.Length - 1, _links[^1] with { CacheAfter = true }));
    }
}

internal readonly record struct EstimatorChainLink(IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter);
