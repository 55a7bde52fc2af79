namespace Microsoft.ML.Adversarial;

/// <summary>What a detector does on some rows: figures, thresholds by false alarms, and a page for people.</summary>
public sealed class DetectorReport
{
    internal DetectorReport(ReportRows rows, DetectorMetrics? metrics, DetectorReportOptions options)
    {
        Rows = rows;
        Metrics = metrics;
        Options = options;
        Curves = new ScoreCurves(rows.RankedScores, rows.Anomalous);
        FalseAlarmLevels = Curves.NormalRows == 0 ? [] : [.. options.FalseAlarmRates.Select(Curves.At)];
    }

    /// <summary>How good it is; null without labels.</summary>
    public DetectorMetrics? Metrics { get; }

    /// <summary>Rows that were scored and, where there are labels, have one.</summary>
    public int NumberOfRows => Rows.Scores.Length;

    /// <summary>Rows that the model flags.</summary>
    public int NumberOfFlaggedRows => Rows.Flagged.Count(flag => flag);

    /// <summary>Thresholds by the share of normal rows that they may flag; empty where no row is normal. Without labels all rows are taken as normal.</summary>
    public IReadOnlyList<FalseAlarmLevel> FalseAlarmLevels { get; }

    internal ReportRows Rows { get; }

    internal DetectorReportOptions Options { get; }

    internal ScoreCurves Curves { get; }

    /// <summary>
    /// One HTML page that needs nothing else: figures, ROC and precision-recall curves, a histogram of the scores with the threshold, thresholds by
    /// false alarms, what made the highest scores, losses of the training, options. What there is no data for is left out. No script stands in it.
    /// </summary>
    public string ToHtml() => ReportPage.Write(this);
}
