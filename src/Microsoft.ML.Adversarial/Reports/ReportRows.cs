using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>A row with a high score.</summary>
/// <param name="Position">Its place among the rows, from 0.</param>
/// <param name="Score">Its score.</param>
/// <param name="Features">Its features.</param>
internal sealed record HighRow(long Position, float Score, float[] Features);

/// <summary>Scores, flags and truth of rows, and the features of those with the highest scores: what a report is made of.</summary>
internal sealed class ReportRows
{
    /// <summary>Scores; NaN of rows that have none.</summary>
    public required float[] Scores { get; init; }

    /// <summary>What the model says.</summary>
    public required bool[] Flagged { get; init; }

    /// <summary>The truth; all false where there is none.</summary>
    public required bool[] Anomalous { get; init; }

    /// <summary>Whether there is a truth.</summary>
    public required bool HasLabels { get; init; }

    /// <summary>Rows with the highest scores, the highest first; empty where none are explained.</summary>
    public IReadOnlyList<HighRow> Highest { get; init; } = [];

    /// <summary>The features' names; null where none are explained.</summary>
    public FeatureGroups? Groups { get; init; }

    /// <summary>Scores in which rows without one stand at the top if they are flagged, else at the bottom, as in <see cref="DetectorMetrics"/>.</summary>
    public float[] RankedScores => [.. Scores.Select((score, i) => !float.IsNaN(score) ? score : Flagged[i] ? float.PositiveInfinity : float.NegativeInfinity)];

    /// <summary>Reads scored rows once.</summary>
    public static ReportRows Read(IDataView scored, DetectorReportOptions options)
    {
        DataViewSchema.Column score = DetectorEvaluator.Find(scored, "score", options.ScoreColumnName, NumberDataViewType.Single);
        DataViewSchema.Column predicted = DetectorEvaluator.Find(scored, "predicted label", options.PredictedLabelColumnName, BooleanDataViewType.Instance);
        LabelColumn? label = options.LabelColumnName is null ? null : LabelColumn.Find(scored, options.LabelColumnName, options.NormalLabel);
        DataViewSchema.Column? features = options.Detector is null || options.NumberOfExplainedRows == 0 ? null : scored.Schema.GetColumnOrNull(options.Detector.FeatureColumnName);
        var scores = new List<float>();
        var flagged = new List<bool>();
        var anomalous = new List<bool>();
        var highest = new HighestRows(features is null ? 0 : options.NumberOfExplainedRows);
        List<DataViewSchema.Column> needed = [score, predicted];
        if (label is not null)
            needed.Add(label.Column);
        if (features is { } read)
            needed.Add(read);
        using (DataViewRowCursor cursor = scored.GetRowCursor(needed))
        {
            ValueGetter<float> getScore = cursor.GetGetter<float>(score);
            ValueGetter<bool> getPredicted = cursor.GetGetter<bool>(predicted);
            Func<RowLabel> getLabel = label?.Open(cursor) ?? (() => RowLabel.Normal);
            ValueGetter<VBuffer<float>>? getFeatures = features is { } column ? cursor.GetGetter<VBuffer<float>>(column) : null;
            float value = 0;
            bool flag = false;
            VBuffer<float> vector = default;
            while (cursor.MoveNext())
            {
                RowLabel kind = getLabel();
                if (kind == RowLabel.Missing)
                    continue;
                getScore(ref value);
                getPredicted(ref flag);
                scores.Add(value);
                flagged.Add(flag);
                anomalous.Add(kind == RowLabel.Anomaly);
                if (!highest.Takes(value))
                    continue;
                getFeatures!(ref vector);
                highest.Add(new HighRow(scores.Count - 1, value, [.. vector.DenseValues()]));
            }
        }

        return new ReportRows
        {
            Scores = [.. scores],
            Flagged = [.. flagged],
            Anomalous = [.. anomalous],
            HasLabels = label is not null,
            Highest = highest.InOrder(),
            Groups = features is { } named ? new FeatureGroups(named, options.Detector!.Model) : null,
        };
    }
}

/// <summary>Keeps the rows with the highest finite scores; of equal ones those that came first.</summary>
internal sealed class HighestRows(int capacity)
{
    private readonly PriorityQueue<HighRow, (float Score, long Position)> _rows = new();

    /// <summary>Whether a row of this score would be kept.</summary>
    public bool Takes(float score) => capacity > 0 && float.IsFinite(score) && (_rows.Count < capacity || score > _rows.Peek().Score);

    /// <summary>Keeps a row, and drops the lowest where there are too many.</summary>
    public void Add(HighRow row)
    {
        _rows.Enqueue(row, (row.Score, -row.Position));
        if (_rows.Count > capacity)
            _rows.Dequeue();
    }

    /// <summary>The rows, the highest first.</summary>
    public IReadOnlyList<HighRow> InOrder() => [.. _rows.UnorderedItems.Select(item => item.Element).OrderByDescending(row => row.Score).ThenBy(row => row.Position)];
}
