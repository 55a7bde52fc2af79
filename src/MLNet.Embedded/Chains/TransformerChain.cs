using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(TransformerChain<ITransformer>), typeof(TransformerChain), null, typeof(SignatureLoadModel),
    "Transformer chain", TransformerChain.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Transformers applied one after the other.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    private readonly ImmutableArray<ITransformer> _transformers;
    private readonly ImmutableArray<TransformerScope> _scopes;

    public readonly TLastTransformer LastTransformer;

    public TransformerChain(IEnumerable<ITransformer> transformers, IEnumerable<TransformerScope> scopes)
    {
        Errors.CheckValue(transformers, nameof(transformers));
        Errors.CheckValue(scopes, nameof(scopes));
        _transformers = [.. transformers];
        _scopes = [.. scopes];
        Errors.CheckParam(_transformers.All(t => t != null), nameof(transformers), "Contained some null items");
        Errors.CheckParam(_transformers.Length == _scopes.Length, nameof(scopes), "Counts of transformers and scopes must match");
        if (_transformers.Length > 0)
        {
            LastTransformer = _transformers[^1] as TLastTransformer
                ?? throw Errors.Param(nameof(transformers), $"The last transformer must be of type {typeof(TLastTransformer)}");
        }
    }

    public TransformerChain(params ITransformer[] transformers)
        : this(transformers, Enumerable.Repeat(TransformerScope.Everything, transformers?.Length ?? 0))
    {
    }

    bool ITransformer.IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

    public IDataView Transform(IDataView input)
    {
        Errors.CheckValue(input, nameof(input));
        // The chain as a whole is checked first: a message about the schema is clearer than what the first transformer would say.
        GetOutputSchema(input.Schema);
        return _transformers.Aggregate(input, (data, transformer) => transformer.Transform(data));
    }

    public IDataView Transform(IDataView input, TransformerScope scope) => GetModelFor(scope).Transform(input);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Errors.CheckValue(inputSchema, nameof(inputSchema));
        return _transformers.Aggregate(inputSchema, (schema, transformer) => transformer.GetOutputSchema(schema));
    }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema, TransformerScope scope) =>
        GetModelFor(scope).GetOutputSchema(inputSchema);

    public TransformerChain<ITransformer> GetModelFor(TransformerScope scopeFilter)
    {
        int[] kept = Enumerable.Range(0, _transformers.Length).Where(i => (_scopes[i] & scopeFilter) != 0).ToArray();
        return new TransformerChain<ITransformer>(kept.Select(i => _transformers[i]), kept.Select(i => _scopes[i]));
    }

    public TransformerChain<TNewLast> Append<TNewLast>(TNewLast transformer, TransformerScope scope = TransformerScope.Everything)
        where TNewLast : class, ITransformer
    {
        Errors.CheckValue(transformer, nameof(transformer));
        return new TransformerChain<TNewLast>(_transformers.Add(transformer), _scopes.Add(scope));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Errors.CheckValue(inputSchema, nameof(inputSchema));
        if (!((ITransformer)this).IsRowToRowMapper)
            throw Errors.Operation("GetRowToRowMapper method called but IsRowToRowMapper is false.");
        var mappers = new IRowToRowMapper[_transformers.Length];
        DataViewSchema schema = inputSchema;
        for (int i = 0; i < mappers.Length; i++)
        {
            mappers[i] = _transformers[i].GetRowToRowMapper(schema);
            schema = mappers[i].OutputSchema;
        }

        return new CompositeRowToRowMapper(inputSchema, mappers);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => TransformerChain.Save(ctx, _transformers, _scopes);

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        foreach (ITransformer transformer in _transformers)
            (transformer as IDisposable)?.Dispose();
    }
}

/// <summary>Saving and loading of chains, whatever the type of their last transformer.</summary>
internal static class TransformerChain
{
    internal const string LoaderSignature = "TransformerChain";

    private static readonly VersionInfo _version = new("XF CHAIN", 0x00010001, 0x00010001, 0x00010001,
        typeof(TransformerChain).Assembly.FullName, LoaderSignature);

    internal static void Save(ModelSaveContext ctx, ImmutableArray<ITransformer> transformers, ImmutableArray<TransformerScope> scopes)
    {
        ctx.SetVersionInfo(_version);
        ctx.Writer.Write(transformers.Length);
        for (int i = 0; i < transformers.Length; i++)
        {
            ctx.Writer.Write((int)scopes[i]);
            ctx.SaveModel(transformers[i], DirectoryOf(i));
        }
    }

    private static TransformerChain<ITransformer> Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(_version);
        int count = ctx.Reader.ReadInt32();
        Errors.CheckDecode(count >= 0);
        var transformers = new List<ITransformer>();
        var scopes = new List<TransformerScope>();
        for (int i = 0; i < count; i++)
        {
            scopes.Add((TransformerScope)ctx.Reader.ReadInt32());
            ctx.LoadModel<ITransformer, SignatureLoadModel>(env, out ITransformer transformer, DirectoryOf(i));
            transformers.Add(transformer);
        }

        return new TransformerChain<ITransformer>(transformers, scopes);
    }

    private static string DirectoryOf(int index) => "Transform_" + index.ToString("000", CultureInfo.InvariantCulture);
}
