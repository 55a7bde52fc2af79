using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>The rows that a fit reads.</summary>
/// <param name="Normal">Rows labelled normal, or all where there is no label column.</param>
/// <param name="Anomalies">Rows labelled anomalous, where the method asks for them.</param>
internal readonly record struct TrainingTable(FeatureMatrix Normal, FeatureMatrix? Anomalies);

/// <summary>How many rows are kept of those that are read.</summary>
/// <param name="Most">The most normal rows, and the most anomalies; null: all.</param>
/// <param name="Seed">Which they are.</param>
/// <param name="Option">Name of the option, for messages.</param>
internal readonly record struct RowLimit(int? Most, int Seed, string Option);

/// <summary>
/// Reads the rows to train on in one pass; those that are not labelled normal are left out, or kept apart for a method that uses them. Of more rows than the
/// limit a uniform sample is kept, so that memory does not grow with their number; rows that are not drawn are not even computed.
/// </summary>
internal sealed class TrainingDataReader(IDataView data, DataViewSchema.Column features, LabelColumn? label, bool keepAnomalies, RowLimit limit)
{
    private const string Remedy =
        "Replace missing values (Transforms.ReplaceMissingValues) or filter such rows out (Data.FilterRowsByMissingValues) before training.";

    public TrainingTable Read(CancellationToken cancellation, IChannel channel)
    {
        int size = ((VectorDataViewType)features.Type).Size;
        var rows = new FeatureMatrix(size);
        FeatureMatrix? anomalies = keepAnomalies ? new FeatureMatrix(size) : null;
        Reservoir places = Reservoir.OfFit(limit.Most, limit.Seed), anomalyPlaces = Reservoir.OfFit(limit.Most, limit.Seed, ofAnomalies: true);
        var memory = new RowMemory(data, size, limit, keepAnomalies ? 2 : 1);
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
                int place = (kind == RowLabel.Normal ? places : anomalyPlaces).Offer();
                if (place < 0)
                    continue;
                memory.Require(rows.Rows + (anomalies?.Rows ?? 0), read);
                getFeatures(ref buffer);
                RowLength.Require(features.Name, size, buffer.Length, cursor.Position);
                buffer.CopyTo(target.RowAt(place));
                FiniteRow.Require(features, target[place], cursor.Position, Remedy);
            }
        }

        RequireRows(rows.Rows, read);
        if (label is not null)
            Tell(channel, label, places.Offered, read, unlabelled, anomalies is null ? null : anomalyPlaces.Offered);
        TellSample(channel, places, "normal rows");
        TellSample(channel, anomalyPlaces, "anomalies");
        return new TrainingTable(rows, anomalies);
    }

    private void TellSample(IChannel channel, Reservoir places, string kind)
    {
        if (places.Count < places.Offered)
        {
            channel.Info(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
                $"{places.Count:N0} of {places.Offered:N0} {kind} are kept, drawn by the seed ({limit.Option})."));
        }
    }

    private static void Tell(IChannel channel, LabelColumn label, long normal, long read, long unlabelled, long? anomalies)
    {
        string used = anomalies is null ? "" : $", {anomalies} anomalies are used as such";
        channel.Info(MessageSensitivity.None, $"{normal} of {read} rows are labelled normal ({label.Normal}) in '{label.Column.Name}' and are trained on{used}.");
        if (unlabelled > 0)
            channel.Warning(MessageSensitivity.None, $"{unlabelled} of {read} rows have no label in column '{label.Column.Name}' and are left out.");
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
