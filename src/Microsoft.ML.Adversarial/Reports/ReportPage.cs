using System.Globalization;
using System.Text.Json;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>A report as a page.</summary>
internal static class ReportPage
{
    private const int Bins = 60;
    private const int ShownRows = 10;
    private const int ShownFeatures = 12;

    // The scores between these quantiles are drawn to scale; those beyond stand in the last bars.
    private const double LowQuantile = 0.001;
    private const double HighQuantile = 0.99;

    public static string Write(DetectorReport report)
    {
        DetectorReportOptions options = report.Options;
        ReportRows rows = report.Rows;
        var page = new HtmlPage(options.Title);
        page.Cards(Cards(report));
        if (report.Metrics?.Message is { } message)
            page.Note(message);
        if (options.Note is { } note)
            page.Note(note);
        if (report.Metrics is not null && report.Curves is { NormalRows: > 0, Anomalies: > 0 })
        {
            page.Heading("Ranking of anomalies over normal rows");
            page.Charts(
                Chart.Lines("ROC curve", "False alarms: share of normal rows flagged", "Anomalies found", [new ChartLine("ROC", report.Curves.Roc())], isShare: true),
                Chart.Lines("Precision and recall", "Recall: share of anomalies found", "Precision", [new ChartLine("Precision", report.Curves.Precision())], isShare: true));
        }

        page.Heading("Scores");
        Histogram(page, rows, options.Detector?.Threshold ?? float.NaN);
        Levels(page, report);
        if (rows.Groups is not null && rows.Highest.Count > 0)
            Explain(page, rows, options.Detector!.Model);
        TrainingCurves.Write(page, options.TrainingProgress ?? []);
        Facts(page, report);
        return page.End();
    }

    private static IEnumerable<(string, string)> Cards(DetectorReport report)
    {
        string Figure(double value) => double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);
        string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
        if (report.Metrics is { } metrics)
        {
            yield return ("ROC-AUC", Figure(metrics.AreaUnderRocCurve));
            yield return ("Average precision", Figure(metrics.AveragePrecision));
            yield return ("Precision at threshold", Figure(metrics.Precision));
            yield return ("Recall at threshold", Figure(metrics.Recall));
            yield return ("F1 at threshold", Figure(metrics.F1Score));
            yield return ("Normal rows", Count(report.Curves.NormalRows));
            yield return ("Anomalies", Count(report.Curves.Anomalies));
        }
        else
        {
            yield return ("Rows", Count(report.NumberOfRows));
        }

        yield return ("Flagged", Count(report.NumberOfFlaggedRows));
    }

    private static void Histogram(HtmlPage page, ReportRows rows, float threshold)
    {
        float[] finite = [.. rows.Scores.Where(float.IsFinite).Order()];
        if (finite.Length == 0)
        {
            page.Note("No row has a score.");
            return;
        }

        double low = finite[(int)(LowQuantile * (finite.Length - 1))], high = finite[(int)Math.Ceiling(HighQuantile * (finite.Length - 1))];
        if (float.IsFinite(threshold))
            (low, high) = (Math.Min(low, threshold), Math.Max(high, threshold + 0.1 * Math.Abs(threshold - low)));
        double[] Of(bool anomalous) => [.. rows.Scores.Where((score, i) => float.IsFinite(score) && rows.Anomalous[i] == anomalous).Select(score => Math.Clamp(score, low, high))];
        page.Charts(Chart.Histogram(rows.HasLabels ? "Scores of normal rows and of anomalies" : "Scores of all rows", "Score, higher is more anomalous", Of(false), Of(true), threshold, Bins));
        int missing = rows.Scores.Count(float.IsNaN);
        page.Note($"{(rows.HasLabels ? "Each of the two kinds of rows adds up to 1. " : "")}Scores beyond the axis stand in the last bars.{(missing > 0 ? $" {missing} rows have no score, as a feature is missing." : "")}");
    }

    private static void Levels(HtmlPage page, DetectorReport report)
    {
        if (report.FalseAlarmLevels.Count == 0)
            return;
        page.Heading("Thresholds by false alarms");
        bool labelled = report.Metrics is not null;
        string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("P2", CultureInfo.InvariantCulture);
        page.Table(
            labelled ? ["Allowed", "Threshold", "Normal rows flagged", "Anomalies found", "Precision"] : ["Allowed", "Threshold", "Rows flagged"],
            report.FalseAlarmLevels.Select(level => (string[])[Share(level.AllowedRate), Score(level.Threshold), Share(level.FalseAlarmRate), .. labelled ? [Share(level.DetectionRate), Share(level.Precision)] : (string[])[]]));
        page.Note($"A threshold is the lowest score that flags at most the allowed share of {(labelled ? "the normal rows" : "all rows")} here; on other rows it flags about as many.");
    }

    private static void Explain(HtmlPage page, ReportRows rows, Detector detector)
    {
        Explainer explainer = detector.CreateExplainer();
        var contributions = new float[detector.Columns];
        var sums = new Dictionary<string, double>();
        var lines = new List<string[]>();
        foreach (HighRow row in rows.Highest)
        {
            explainer.Explain(row.Features, contributions);
            FeatureShare[] shares = rows.Groups!.Top(row.Features, contributions, int.MaxValue);
            foreach (FeatureShare share in shares)
                sums[share.Name] = sums.GetValueOrDefault(share.Name) + share.Contribution / rows.Highest.Count;
            if (lines.Count < ShownRows)
            {
                lines.Add([(row.Position + 1).ToString(CultureInfo.InvariantCulture), Score(row.Score), .. rows.HasLabels ? [rows.Anomalous[row.Position] ? "anomaly" : "normal"] : (string[])[],
                    string.Join(", ", shares.Where(share => share.Contribution > 0).Take(3).Select(share => $"{share.Name} = {share.Value} (+{Score((float)share.Contribution)})"))]);
            }
        }

        page.Heading("What makes the highest scores");
        page.Charts(Chart.Bars($"Mean contribution in the {rows.Highest.Count} rows with the highest scores",
            [.. sums.OrderByDescending(sum => sum.Value).Take(ShownFeatures).Select(sum => (sum.Key, sum.Value))]));
        page.Note("A contribution is the score less that of the same row with this feature at its mean over the training rows. Features that act together share nothing out.");
        page.Table(["Row", "Score", .. rows.HasLabels ? ["Label"] : (string[])[], "Features that add most"], lines, isText: true);
    }

    private static void Facts(HtmlPage page, DetectorReport report)
    {
        List<string[]> facts = [.. (report.Options.Facts ?? []).Select(fact => (string[])[fact.Key, fact.Value])];
        if (report.Options.Detector is { } transformer)
        {
            Detector detector = transformer.Model;
            facts.Add(["Method", detector.Descriptor.Name]);
            facts.Add(["Paper", $"{detector.Descriptor.Card.Paper} ({detector.Descriptor.Card.Year}), {detector.Descriptor.Card.Reference}"]);
            facts.Add(["When it fails", detector.Descriptor.Card.KnownFailure]);
            facts.Add(["Features", detector.Columns.ToString(CultureInfo.InvariantCulture)]);
            facts.Add(["Threshold", Score(transformer.Threshold)]);
            facts.Add(["Rows with missing values", transformer.MissingValueHandling.ToString()]);
        }

        if (facts.Count > 0)
        {
            page.Heading("Data and model");
            page.Table([], facts, isText: true);
        }

        if (report.Options.Detector is { } fitted)
        {
            page.Heading("Options");
            using JsonDocument json = JsonDocument.Parse(fitted.Model.Descriptor.ToJson(fitted.Model.Options));
            page.Table(["Option", "Value"], json.RootElement.EnumerateObject().Select(option => (string[])[option.Name, option.Value.ValueKind == JsonValueKind.String ? option.Value.GetString()! : option.Value.GetRawText()]), isText: true);
        }
    }

    private static string Score(float value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
