using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class PredictionEngineOptions
{
    public bool IgnoreMissingColumns = true;

    public SchemaDefinition InputSchemaDefinition;

    public SchemaDefinition OutputSchemaDefinition;

    public bool OwnsTransformer = true;
}

/// <summary>Predicts one object at a time through the row mapper of a model; not for several threads at once.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly TypedRow<TSrc> _input;
    private readonly DataViewRow _output;
    private readonly Action<TDst> _fill;
    private readonly IDisposable _owned;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        if (!transformer.IsRowToRowMapper)
            throw Errors.Operation("Must be a row to row mapper");
        _owned = options.OwnsTransformer ? transformer as IDisposable : null;
        _input = new TypedRow<TSrc>(TypedColumn.Bind(typeof(TSrc), SchemaDefinition.Direction.Read, options.InputSchemaDefinition));
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(_input.Schema);
        OutputSchema = mapper.OutputSchema;
        var columns = RowSetters.Match(typeof(TDst), OutputSchema, options.IgnoreMissingColumns, options.OutputSchemaDefinition);
        _output = mapper.GetRow(_input, columns.Select(column => column.Source).ToArray());
        _fill = RowSetters.Create<TDst>(_output, columns);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _output.Dispose();
        _owned?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void PredictCore(TSrc example, ref TDst prediction)
    {
        Errors.CheckValue(example, nameof(example));
        _input.Set(example);
        prediction ??= new TDst();
        _fill(prediction);
    }
}

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options) : base(transformer, options)
    {
    }

    public override void Predict(TSrc example, ref TDst prediction) => PredictCore(example, ref prediction);
}
