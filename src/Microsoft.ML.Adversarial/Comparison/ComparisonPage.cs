using System.Globalization;
using System.Net;
using System.Text;

namespace Microsoft.ML.Adversarial;

/// <summary>A comparison as one HTML page without scripts.</summary>
internal static class ComparisonPage
{
    private const int MostCurves = 5;
    private const int Bins = 40;

    private static readonly string[] _colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"];

    public static string Write(DetectorComparison comparison)
    {
        var html = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Anomaly detectors compared</title><style>
            body { font-family: sans-serif; margin: 2em; color: #222; max-width: 70em }
            table { border-collapse: collapse } th, td { padding: .3em .7em; border-bottom: 1px solid #ccc; text-align: right }
            th:first-child, td:first-child { text-align: left } td.failed { text-align: left; color: #a00 }
            svg { margin: 1em 2em 1em 0 } svg text { font-size: 12px; fill: #444 } .note { color: #555 }
            </style></head><body><h1>Anomaly detectors compared</h1>

            """);
        html.Append($"<p>{Text(comparison.Summary)}</p>\n<table><tr><th>Detector</th>");
        foreach ((string name, _, _) in comparison.Columns)
            html.Append($"<th>{Text(name)}</th>");
        html.Append("</tr>\n");
        foreach (ComparedDetector detector in comparison.Detectors)
        {
            html.Append($"<tr><td>{Text(detector.Name)}</td>");
            if (detector.Failure is { } failure)
                html.Append($"<td class=\"failed\" colspan=\"{comparison.Columns.Count}\">{Text(failure)}</td>");
            else
                html.AppendJoin("", comparison.Columns.Select(column => $"<td>{DetectorComparison.Format(column.Value(detector), column.Format)}</td>"));
            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
        ComparedDetector[] best = [.. comparison.Detectors.Where(detector => detector.Failure is null).Take(MostCurves)];
        if (comparison.HasLabels)
        {
            html.Append("<h2>Curves of the best</h2>\n");
            Curves(html, "False alarms", "Anomalies found", best, detector => RocCurve(detector.Scores, comparison.NumberOfNormalTestRows));
            Curves(html, "Anomalies found", "Precision", best, detector => PrecisionCurve(detector.Scores, comparison.NumberOfNormalTestRows));
        }

        html.Append("<h2>Scores of test rows</h2>\n<p class=\"note\">By rank among all test rows: low scores left, high ones right; normal rows blue, anomalies red.</p>\n");
        foreach (ComparedDetector detector in best)
            Histogram(html, detector, comparison.NumberOfNormalTestRows);
        html.Append("<p class=\"note\">Separation tells normal rows from rows made of them, agreement is the mean rank correlation with the other detectors, stability that with fits to parts of the rows. None of the three is an accuracy.</p>\n</body></html>\n");
        return html.ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Curves(StringBuilder html, string x, string y, ComparedDetector[] detectors, Func<ComparedDetector, IReadOnlyList<(double X, double Y)>> curve)
    {
        const int Side = 320, Left = 50, Top = 10;
        html.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Side + Left + 190}\" height=\"{Side + 50}\" role=\"img\" aria-label=\"{y} over {x}\"><rect x=\"{Left}\" y=\"{Top}\" width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#999\"/>");
        for (int tick = 0; tick <= 4; tick++)
        {
            double share = tick / 4.0;
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + share * Side}\" y=\"{Top + Side + 15}\" text-anchor=\"middle\">{share:0.##}</text><text x=\"{Left - 5}\" y=\"{Top + (1 - share) * Side + 4}\" text-anchor=\"end\">{share:0.##}</text>");
        }

        html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + Side / 2}\" y=\"{Top + Side + 32}\" text-anchor=\"middle\">{x}</text><text transform=\"translate(12 {Top + Side / 2}) rotate(-90)\" text-anchor=\"middle\">{y}</text>");
        for (int i = 0; i < detectors.Length; i++)
        {
            html.Append($"<polyline fill=\"none\" stroke=\"{_colours[i]}\" stroke-width=\"1.5\" points=\"");
            foreach ((double px, double py) in curve(detectors[i]))
                html.Append(CultureInfo.InvariantCulture, $"{Left + px * Side:F1},{Top + (1 - py) * Side:F1} ");
            html.Append(CultureInfo.InvariantCulture, $"\"/><text x=\"{Left + Side + 12}\" y=\"{Top + 15 + 18 * i}\" style=\"fill:{_colours[i]}\">{Text(detectors[i].Name)}</text>");
        }

        html.Append("</svg>\n");
    }

    // Equal scores are one step.
    private static IEnumerable<(int Normal, int Anomalous)> Steps(float[] scores, int normal)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        int falseAlarms = 0, found = 0;
        for (int i = 0; i < order.Length; i++)
        {
            (falseAlarms, found) = order[i] < normal ? (falseAlarms + 1, found) : (falseAlarms, found + 1);
            if (i + 1 == order.Length || !scores[order[i]].Equals(scores[order[i + 1]]))
                yield return (falseAlarms, found);
        }
    }

    private static (double X, double Y)[] RocCurve(float[] scores, int normal) =>
        Thinned([(0, 0), .. Steps(scores, normal).Select(step => (step.Normal / (double)normal, step.Anomalous / (double)(scores.Length - normal)))]);

    private static (double X, double Y)[] PrecisionCurve(float[] scores, int normal) =>
        Thinned([.. Steps(scores, normal).Where(step => step.Anomalous > 0)
            .Select(step => (step.Anomalous / (double)(scores.Length - normal), step.Anomalous / (double)(step.Anomalous + step.Normal)))]);

    // A point for each pixel that the curve moves on.
    private static (double X, double Y)[] Thinned((double X, double Y)[] points)
    {
        const double Pixel = 0.002;
        var kept = new List<(double X, double Y)>();
        for (int i = 0; i < points.Length; i++)
        {
            if (i == 0 || i == points.Length - 1 || Math.Abs(points[i].X - kept[^1].X) + Math.Abs(points[i].Y - kept[^1].Y) > Pixel)
                kept.Add(points[i]);
        }

        return [.. kept];
    }

    private static void Histogram(StringBuilder html, ComparedDetector detector, int normal)
    {
        const int Width = 400, Height = 110, Base = 90;
        int[] order = [.. Enumerable.Range(0, detector.Scores.Length).OrderBy(i => detector.Scores[i])];
        int[,] counts = new int[Bins, 2];
        for (int i = 0; i < order.Length; i++)
            counts[(int)((long)i * Bins / order.Length), order[i] < normal ? 0 : 1]++;
        double tallest = Enumerable.Range(0, Bins).Max(bin => counts[bin, 0] + counts[bin, 1]);
        html.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"Scores of {Text(detector.Name)}\">");
        for (int bin = 0; bin < Bins; bin++)
        {
            double low = 70 * counts[bin, 0] / tallest, high = 70 * counts[bin, 1] / tallest, x = bin * (double)Width / Bins, width = (double)Width / Bins - 1;
            html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:F1}\" y=\"{Base - low:F1}\" width=\"{width:F1}\" height=\"{low:F1}\" fill=\"#1f77b4\"/><rect x=\"{x:F1}\" y=\"{Base - low - high:F1}\" width=\"{width:F1}\" height=\"{high:F1}\" fill=\"#d62728\"/>");
        }

        html.Append($"<text x=\"0\" y=\"{Height - 4}\">{Text(detector.Name)}</text></svg>\n");
    }
}
