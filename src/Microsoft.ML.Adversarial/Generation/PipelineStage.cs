using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>One transformer of a pipeline between the schemas before and behind it.</summary>
internal sealed class PipelineStage
{
    private readonly IRowToRowMapper? _mapper;

    private PipelineStage(ITransformer transformer, DataViewSchema input)
    {
        Transformer = transformer;
        Input = input;
        _mapper = transformer.IsRowToRowMapper ? transformer.GetRowToRowMapper(input) : null;
        Output = _mapper?.OutputSchema ?? transformer.GetOutputSchema(input);
    }

    public ITransformer Transformer { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The transformers of a model in their order, those of chains in chains too.</summary>
    public static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [model];

    /// <summary>The stages that a schema goes through.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A transformer does not find a column.</exception>
    public static PipelineStage[] Follow(IReadOnlyList<ITransformer> transformers, DataViewSchema inputSchema)
    {
        var stages = new PipelineStage[transformers.Count];
        DataViewSchema schema = inputSchema;
        for (int i = 0; i < stages.Length; i++)
        {
            stages[i] = new PipelineStage(transformers[i], schema);
            schema = stages[i].Output;
        }

        return stages;
    }

    /// <summary>Whether the transformer makes the column of this name rather than passing it on: the column that it replaces stays behind, hidden.</summary>
    public bool Makes(string name) => Count(Output, name) > Count(Input, name);

    private static int Count(DataViewSchema schema, string name) => schema.Count(column => column.Name == name);

    /// <summary>The columns of the input that a column of the output is computed from, in the schema's order; empty where that is unknown.</summary>
    public DataViewSchema.Column[] Sources(DataViewSchema.Column column)
    {
        DataViewSchema.Column[] sources = _mapper is null ? [] : [.. _mapper.GetDependencies([column])];
        return Array.Exists(sources, source => source.IsHidden) ? [] : sources;
    }

    /// <summary>What a column of numbers becomes for one row of input, or null where it is not made of numbers alone.</summary>
    public double[]? Probe(DataViewSchema.Column column, Func<int, double> input)
    {
        DataViewSchema.Column[] sources = Sources(column);
        if (sources.Length == 0 || !Array.TrueForAll(sources, ProbeRow.CanHold))
            return null;
        using DataViewRow row = _mapper!.GetRow(new ProbeRow(_mapper.InputSchema, sources, input), [column]);
        return ProbeRow.Read(row, column);
    }
}
