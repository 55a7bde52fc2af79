using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column FeatureColumn;

    public readonly SchemaShape.Column LabelColumn;

    public readonly SchemaShape.Column WeightColumn;

    private protected readonly IHost Host;

    private protected TrainerEstimatorBase(IHost host, SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
        FeatureColumn = feature;
        LabelColumn = label;
        WeightColumn = weight;
    }

    public abstract TrainerInfo Info { get; }

    public TTransformer Fit(IDataView input)
    {
        DataViewSchema schema = input.Schema;
        CheckInputSchema(SchemaShape.Create(schema));
        DataViewSchema.Column? weight = WeightColumn.IsValid ? schema[WeightColumn.Name] : null;
        using IChannel channel = Host.Start("Training");
        TModel model = TrainModel(channel, input, schema[FeatureColumn.Name], weight);
        return MakeTransformer(model, schema);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckInputSchema(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in GetOutputColumns())
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private protected abstract SchemaShape.Column[] GetOutputColumns();

    private protected abstract TModel TrainModel(IChannel channel, IDataView data, DataViewSchema.Column feature,
        DataViewSchema.Column? weight);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private void CheckInputSchema(SchemaShape inputSchema)
    {
        CheckColumn(inputSchema, FeatureColumn, "feature");
        CheckColumn(inputSchema, WeightColumn, "weight");
        CheckColumn(inputSchema, LabelColumn, "label");
    }

    private static void CheckColumn(SchemaShape inputSchema, SchemaShape.Column required, string role)
    {
        if (!required.IsValid)
            return;
        if (!inputSchema.TryFindColumn(required.Name, out SchemaShape.Column found))
            throw Errors.ColumnNotFound(nameof(inputSchema), role, required.Name);
        if (!required.IsCompatibleWith(found))
            throw Errors.SchemaMismatch(nameof(inputSchema), role, required.Name, required.GetTypeString(), found.GetTypeString());
    }
}
