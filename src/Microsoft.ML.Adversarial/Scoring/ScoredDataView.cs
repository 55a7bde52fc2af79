using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>The input's rows with two columns more, or some, computed while a cursor moves.</summary>
internal sealed partial class ScoredDataView(AnomalyDetectorTransformer transformer, IDataView input, ScoringSchema schema) : IDataView
{
    public DataViewSchema Schema => schema.Output;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = Active(columnsNeeded);
        return Wrap(input.GetRowCursor(InputColumns(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        bool[] active = Active(columnsNeeded);
        return Array.ConvertAll(input.GetRowCursorSet(InputColumns(active), n, rand), cursor => Wrap(cursor, active));
    }

    private bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in columns)
            active[column.Index] = true;
        return active;
    }

    private IEnumerable<DataViewSchema.Column> InputColumns(bool[] active) => schema.Dependencies(schema.Output.Where(column => active[column.Index]));

    private DataViewRowCursor Wrap(DataViewRowCursor cursor, bool[] active) =>
        schema.NeedsScore(active) || schema.NeedsFeatures(active)
            ? new ScoringCursor(transformer, cursor, schema, active)
            : new ForwardingCursor(cursor, schema, active);

    private NotSupportedException OnnxRefusal() => new(
        $"{transformer.Model.Descriptor.Name} on column '{transformer.FeatureColumnName}' cannot be exported to ONNX. ML.NET's converter takes none but its own transformers: "
        + "convert those before it (a TransformerChain of them) and join them with mlContext.AnomalyDetection.SaveOnnx(detector, stream, converted), "
        + "or write the detector alone with mlContext.AnomalyDetection.SaveOnnx(detector, stream).");
}
