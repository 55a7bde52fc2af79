using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class SingleFeaturePredictionTransformerBase<TModel> :
    PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(IHost host, TModel model, string featureColumn, DataViewType featureType)
        : base(host, model)
    {
        FeatureColumnName = featureColumn;
        FeatureColumnType = featureType;
    }

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        DataViewSchema.Column column = inputSchema.GetColumnOrNull(FeatureColumnName)
            ?? throw Errors.ColumnNotFound(nameof(inputSchema), "feature", FeatureColumnName);
        if (!column.Type.Equals(FeatureColumnType))
        {
            throw Errors.SchemaMismatch(nameof(inputSchema), "feature", FeatureColumnName, FeatureColumnType.ToString(),
                column.Type.ToString());
        }
        return new OutputColumns(inputSchema, MakeRowMapper(inputSchema).GetOutputColumns()).Schema;
    }
}
