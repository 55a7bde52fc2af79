using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>The rows that a fit reads.</summary>
/// <param name="Normal">Rows labelled normal, or all where there is no label column.</param>
/// <param name="Anomalies">Rows labelled anomalous, where the method asks for them.</param>
internal readonly record struct TrainingTable(FeatureMatrix Normal, FeatureMatrix? Anomalies);

/// <summary>Reads the rows to train on in one pass; those that are not labelled normal are left out, or kept apart for a method that uses them.</summary>
internal sealed class TrainingDataReader(IDataView data, DataViewSchema.Column features, string? labelColumnName, bool keepAnomalies)
{
    private const string Remedy =
        "Replace missing values (Transforms.ReplaceMissingValues) or filter such rows out (Data.FilterRowsByMissingValues) before training.";

    public TrainingTable Read(CancellationToken cancellation, IChannel channel)
    {
        var columns = new List<DataViewSchema.Column> { features };
        DataViewSchema.Column? label = null;
        if (labelColumnName is not null)
            columns.Add((label = LabelReader.Find(data.Schema, labelColumnName)).Value);

        int size = ((VectorDataViewType)features.Type).Size;
        var rows = new FeatureMatrix(size);
        FeatureMatrix? anomalies = keepAnomalies ? new FeatureMatrix(size) : null;
        long read = 0;
        using (DataViewRowCursor cursor = data.GetRowCursor(columns))
        {
            ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
            Func<RowLabel> getLabel = label is { } column ? LabelReader.Open(cursor, column) : () => RowLabel.Normal;
            VBuffer<float> buffer = default;
            for (; cursor.MoveNext(); read++)
            {
                cancellation.ThrowIfCancellationRequested();
                FeatureMatrix? target = getLabel() switch
                {
                    RowLabel.Normal => rows,
                    RowLabel.Anomaly => anomalies,
                    _ => null,
                };
                if (target is null)
                    continue;
                getFeatures(ref buffer);
                buffer.CopyTo(target.AppendRow());
                FiniteRow.Require(features, target[target.Rows - 1], cursor.Position, Remedy);
            }
        }

        if (label is not null)
            channel.Info(MessageSensitivity.None, $"{rows.Rows} of {read} rows are labelled normal in '{labelColumnName}' and are trained on{Used(anomalies)}.");
        RequireRows(rows.Rows, read);
        return new TrainingTable(rows, anomalies);
    }

    private static string Used(FeatureMatrix? anomalies) => anomalies is null ? "" : $", {anomalies.Rows} anomalies are used as such";

    private void RequireRows(int kept, long read)
    {
        if (kept >= 2)
            return;
        string found = kept == 0 ? "no row" : "one row";
        throw new InvalidOperationException(read == 0
            ? "Empty training data: the input has no rows."
            : labelColumnName is null
                ? $"The input has {found}; a detector needs at least 2."
                : $"Of {read} rows {found} is labelled normal in column '{labelColumnName}' (false, 0 or the first key); a detector needs at least 2.");
    }
}
