namespace Microsoft.ML.Adversarial;

/// <summary>A comparison as one HTML page without scripts.</summary>
internal static class ComparisonPage
{
    private const int MostCurves = 5;
    private const int Bins = 40;

    public static string Write(DetectorComparison comparison)
    {
        var page = new HtmlPage("Anomaly detectors compared");
        page.Paragraph(comparison.Summary);
        page.Table(["Detector", .. comparison.Columns.Select(column => column.Name)], comparison.Detectors.Select(detector => detector.Failure is { } failure
            ? (string[])[detector.Name, failure]
            : [detector.Name, .. comparison.Columns.Select(column => DetectorComparison.Format(column.Value(detector), column.Format))]));
        ComparedDetector[] best = [.. comparison.Detectors.Where(detector => detector.Failure is null).Take(MostCurves)];
        int normal = comparison.NumberOfNormalTestRows;
        if (comparison.HasLabels && best.Length > 0)
        {
            (string Name, ScoreCurves Curves)[] curves = Array.ConvertAll(best, detector =>
                (detector.Name, new ScoreCurves(Array.ConvertAll(detector.Scores, score => float.IsNaN(score) ? float.NegativeInfinity : score), [.. detector.Scores.Select((_, i) => i >= normal)])));
            page.Heading("Curves of the best");
            page.Charts(
                Chart.Lines("ROC curves", "False alarms", "Anomalies found", Array.ConvertAll(curves, one => new ChartLine(one.Name, one.Curves.Roc())), isShare: true),
                Chart.Lines("Precision and recall", "Anomalies found", "Precision", Array.ConvertAll(curves, one => new ChartLine(one.Name, one.Curves.Precision())), isShare: true));
        }

        page.Heading("Scores of test rows");
        page.Note("By rank among all test rows, as scores of different detectors have different units: 0 is the lowest score, 1 the highest.");
        page.Charts(best.Select(detector =>
        {
            double[] ranks = Ranks(detector.Scores);
            return Chart.Histogram(detector.Name, "Rank of the score", ranks[..normal], ranks[normal..], double.NaN, Bins);
        }));
        page.Note("Separation tells normal rows from rows made of them, agreement is the mean rank correlation with the other detectors, stability that with fits to parts of the rows. None of the three is an accuracy.");
        return page.End();
    }

    private static double[] Ranks(float[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort([.. scores], order);
        var ranks = new double[scores.Length];
        for (int i = 0; i < order.Length; i++)
            ranks[order[i]] = i / Math.Max(order.Length - 1.0, 1);
        return ranks;
    }
}
