using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>A right transformer of which parts are replaced. It is saved as <see cref="Saved"/>, the right one unless told otherwise.</summary>
internal sealed class ChangedTransformer(ITransformer inner) : ITransformer
{
    public Func<IDataView, IDataView, IDataView> View { get; init; } = (_, scored) => scored;

    public Func<IRowToRowMapper, IRowToRowMapper> Mapper { get; init; } = mapper => mapper;

    public Func<DataViewSchema, DataViewSchema> OutputSchema { get; init; } = schema => schema;

    public ITransformer? Saved { get; init; }

    public bool IsRowToRowMapper => inner.IsRowToRowMapper;

    public IDataView Transform(IDataView input) => View(input, inner.Transform(input));

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => OutputSchema(inner.GetOutputSchema(inputSchema));

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inner.GetRowToRowMapper(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => (Saved ?? inner).Save(ctx);
}
