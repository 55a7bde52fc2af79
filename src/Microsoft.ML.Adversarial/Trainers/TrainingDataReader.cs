using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>The rows that a fit reads.</summary>
/// <param name="Normal">Rows labelled normal, or all where there is no label column.</param>
/// <param name="Anomalies">Rows labelled anomalous, where the method asks for them.</param>
internal readonly record struct TrainingTable(FeatureMatrix Normal, FeatureMatrix? Anomalies);

/// <summary>Reads the rows to train on in one pass; those that are not labelled normal are left out, or kept apart for a method that uses them.</summary>
internal sealed class TrainingDataReader(IDataView data, DataViewSchema.Column features, LabelColumn? label, bool keepAnomalies)
{
    private const string Remedy =
        "Replace missing values (Transforms.ReplaceMissingValues) or filter such rows out (Data.FilterRowsByMissingValues) before training.";

    public TrainingTable Read(CancellationToken cancellation, IChannel channel)
    {
        int size = ((VectorDataViewType)features.Type).Size;
        var rows = new FeatureMatrix(size);
        FeatureMatrix? anomalies = keepAnomalies ? new FeatureMatrix(size) : null;
        long read = 0;
        long unlabelled = 0;
        using (DataViewRowCursor cursor = data.GetRowCursor(label is null ? [features] : [features, label.Column]))
        {
            ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
            Func<RowLabel> getLabel = label?.Open(cursor) ?? (() => RowLabel.Normal);
            VBuffer<float> buffer = default;
            for (; cursor.MoveNext(); read++)
            {
                cancellation.ThrowIfCancellationRequested();
                RowLabel kind = getLabel();
                unlabelled += kind == RowLabel.Missing ? 1 : 0;
                FeatureMatrix? target = kind switch
                {
                    RowLabel.Normal => rows,
                    RowLabel.Anomaly => anomalies,
                    _ => null,
                };
                if (target is null)
                    continue;
                getFeatures(ref buffer);
                RowLength.Require(features.Name, size, buffer.Length, cursor.Position);
                buffer.CopyTo(target.AppendRow());
                FiniteRow.Require(features, target[target.Rows - 1], cursor.Position, Remedy);
            }
        }

        RequireRows(rows.Rows, read);
        if (label is not null)
            Tell(channel, label, rows.Rows, read, unlabelled, anomalies);
        return new TrainingTable(rows, anomalies);
    }

    private static void Tell(IChannel channel, LabelColumn label, int normal, long read, long unlabelled, FeatureMatrix? anomalies)
    {
        string used = anomalies is null ? "" : $", {anomalies.Rows} anomalies are used as such";
        channel.Info(MessageSensitivity.None, $"{normal} of {read} rows are labelled normal ({label.Normal}) in '{label.Column.Name}' and are trained on{used}.");
        long labelled = read - unlabelled;
        if (!label.IsGiven && normal < labelled - normal)
        {
            channel.Warning(MessageSensitivity.None,
                $"Taken as normal in label column '{label.Column.Name}': {label.Normal}, {normal} of {labelled} labelled rows, fewer than half. " +
                $"If another label is the normal one, set {LabelColumn.Option} to it, else to this one.");
        }
    }

    private void RequireRows(int kept, long read)
    {
        if (kept >= 2)
            return;
        string found = kept == 0 ? "no row" : "one row";
        if (read == 0)
            throw new InvalidOperationException("Empty training data: the input has no rows.");
        if (label is null)
            throw new InvalidOperationException($"The input has {found}; a detector needs at least 2.");
        string rule = label.IsGiven ? $"{LabelColumn.Option} is {label.Normal}" : label.Normal;
        string remedy = label.IsGiven ? "" : $" If another label is the normal one, set {LabelColumn.Option} to it.";
        throw new InvalidOperationException(
            $"Of {read} rows {found} is labelled normal ({rule}) in column '{label.Column.Name}'; a detector needs at least 2. " +
            $"The column holds {label.Values(data)}.{remedy}");
    }
}
