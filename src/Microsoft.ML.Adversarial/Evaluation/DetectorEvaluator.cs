using System.Runtime.InteropServices;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Reads scores, flags and labels of a scored view in one pass, and keeps nothing else.</summary>
internal static class DetectorEvaluator
{
    public static DetectorMetrics Evaluate(IDataView scored, string labelColumnName, string? normalLabel, string scoreColumnName,
        string predictedLabelColumnName, int falsePositiveCount, double falseAlarmRate)
    {
        DataViewSchema.Column score = Find(scored, "score", scoreColumnName, NumberDataViewType.Single);
        DataViewSchema.Column predicted = Find(scored, "predicted label", predictedLabelColumnName, BooleanDataViewType.Instance);
        LabelColumn label = LabelColumn.Find(scored, labelColumnName, normalLabel);
        var scores = new List<float>();
        var anomalous = new List<bool>();
        var flagged = new List<bool>();
        long missingLabels = 0;
        using (DataViewRowCursor cursor = scored.GetRowCursor([score, predicted, label.Column]))
        {
            ValueGetter<float> getScore = cursor.GetGetter<float>(score);
            ValueGetter<bool> getPredicted = cursor.GetGetter<bool>(predicted);
            Func<RowLabel> getLabel = label.Open(cursor);
            float value = 0;
            bool flag = false;
            while (cursor.MoveNext())
            {
                RowLabel kind = getLabel();
                if (kind == RowLabel.Missing)
                {
                    missingLabels++;
                    continue;
                }

                getScore(ref value);
                getPredicted(ref flag);
                scores.Add(value);
                flagged.Add(flag);
                anomalous.Add(kind == RowLabel.Anomaly);
            }
        }

        AnomalyMetrics metrics = AnomalyMetrics.EvaluateFlagged(CollectionsMarshal.AsSpan(scores), CollectionsMarshal.AsSpan(anomalous),
            CollectionsMarshal.AsSpan(flagged), falsePositiveCount, falseAlarmRate);
        // One class alone is often a slip of the pen: what the labels are is worth another look at them.
        string values = metrics.BaseRate is 0 or 1 ? label.Values(scored) : "";
        return new DetectorMetrics(metrics, label.Normal, values, missingLabels);
    }

    public static DataViewSchema.Column Find(IDataView scored, string role, string name, PrimitiveDataViewType expected)
    {
        DataViewSchema.Column column = scored.Schema.GetColumnOrNull(name) ?? throw SchemaErrors.NotFound(role, name, scored.Schema);
        return column.Type == expected ? column : throw SchemaErrors.Mismatch(role, name, $"{expected}", ColumnKind.Of(column.Type));
    }
}
