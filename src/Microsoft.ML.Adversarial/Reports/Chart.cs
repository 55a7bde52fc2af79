using System.Globalization;
using System.Text;

namespace Microsoft.ML.Adversarial;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Charts as SVG, drawn in the colours of the page that they stand in.</summary>
internal static class Chart
{
    /// <summary>Colours that lines have by turns.</summary>
    public const int Colours = 5;

    private const int Left = 52;
    private const int Top = 8;
    private const int Bottom = 38;

    /// <summary>Lines over a common pair of axes.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="x">Name of the x axis.</param>
    /// <param name="y">Name of the y axis.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="isShare">Whether both axes go from 0 to 1; else they go as far as the points.</param>
    public static string Lines(string title, string x, string y, IReadOnlyList<ChartLine> lines, bool isShare)
    {
        int width = isShare ? 320 : 340, height = isShare ? 300 : 190;
        (double low, double high) horizontal = (0, 1), vertical = (0, 1);
        if (!isShare)
        {
            (double X, double Y)[] all = [.. lines.SelectMany(line => line.Points)];
            horizontal = Range(all.Select(point => point.X));
            vertical = Range(all.Select(point => point.Y));
        }

        // One line needs no name beside its title.
        int legend = lines.Count > 1 ? 16 * ((lines.Count + 1) / 2) + 6 : 0;
        StringBuilder svg = Begin(title, width, height, legend);
        Axes(svg, width, height, x, y, horizontal, vertical);
        for (int i = 0; i < lines.Count; i++)
        {
            svg.Append($"<polyline class=\"s{i % Colours}\" points=\"");
            svg.AppendJoin(' ', lines[i].Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point => string.Create(CultureInfo.InvariantCulture,
                $"{Left + Place(point.X, horizontal) * width:F1},{Top + (1 - Place(point.Y, vertical)) * height:F1}")));
            svg.Append("\"/>");
            if (legend > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"t{i % Colours}\" x=\"{Left + i % 2 * (width / 2)}\" y=\"{Top + height + Bottom + 14 + 16 * (i / 2)}\">{HtmlPage.Text(Short(lines[i].Name))}</text>");
        }

        return End(svg);
    }

    /// <summary>Two histograms over one axis, each as shares of its own rows.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="x">Name of the axis.</param>
    /// <param name="normal">Values of normal rows.</param>
    /// <param name="anomalous">Values of anomalies; none where there are no labels.</param>
    /// <param name="mark">A value that is marked; NaN: none.</param>
    /// <param name="bins">Number of bars.</param>
    public static string Histogram(string title, string x, IReadOnlyList<double> normal, IReadOnlyList<double> anomalous, double mark, int bins)
    {
        const int Width = 420, Height = 190;
        (double low, double high) range = Range(normal.Concat(anomalous).Append(double.IsNaN(mark) && normal.Count > 0 ? normal[0] : mark));
        double[] low = Shares(normal, range, bins), high = Shares(anomalous, range, bins);
        double tallest = Math.Max(low.Concat(high).Max(), double.Epsilon);
        StringBuilder svg = Begin(title, Width, Height, 20);
        Axes(svg, Width, Height, x, "Share of rows", range, (0, tallest));
        for (int bin = 0; bin < bins; bin++)
        {
            double left = Left + bin * (double)Width / bins, width = (double)Width / bins;
            Bar(svg, left, width - 0.5, low[bin] / tallest * Height, 0);
            Bar(svg, left, width - 0.5, high[bin] / tallest * Height, 1);
        }

        if (double.IsFinite(mark))
        {
            double at = Left + Place(mark, range) * Width;
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{at:F1}\" x2=\"{at:F1}\" y1=\"{Top}\" y2=\"{Top + Height}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"ink\" x=\"{(at > Left + Width * 0.75 ? at - 5 : at + 5):F1}\" y=\"{Top + 13}\" text-anchor=\"{(at > Left + Width * 0.75 ? "end" : "start")}\">threshold</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"t0\" x=\"{Left}\" y=\"{Top + Height + Bottom + 14}\">{(anomalous.Count > 0 ? "normal rows" : "rows")}</text>");
        if (anomalous.Count > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"t1\" x=\"{Left + 110}\" y=\"{Top + Height + Bottom + 14}\">anomalies</text>");
        return End(svg);

        void Bar(StringBuilder into, double left, double width, double height, int colour)
        {
            if (height > 0)
                into.Append(CultureInfo.InvariantCulture, $"<rect class=\"f{colour}\" fill-opacity=\"0.6\" x=\"{left:F1}\" y=\"{Top + Height - height:F1}\" width=\"{width:F1}\" height=\"{height:F1}\"/>");
        }
    }

    /// <summary>A bar for each of some values.</summary>
    public static string Bars(string title, IReadOnlyList<(string Name, double Value)> bars)
    {
        const int Names = 190, Width = 260, Step = 21;
        double greatest = Math.Max(bars.Max(bar => Math.Abs(bar.Value)), double.Epsilon);
        var svg = new StringBuilder();
        Open(svg, title, Names + Width + 70, Step * bars.Count + 6);
        for (int i = 0; i < bars.Count; i++)
        {
            double length = Math.Abs(bars[i].Value) / greatest * Width;
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"ink\" x=\"{Names - 8}\" y=\"{Step * i + 15}\" text-anchor=\"end\">{HtmlPage.Text(Short(bars[i].Name))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"f{(bars[i].Value < 0 ? 0 : 1)}\" x=\"{Names}\" y=\"{Step * i + 3}\" width=\"{length:F1}\" height=\"{Step - 6}\" rx=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Names + length + 6:F1}\" y=\"{Step * i + 15}\">{Number(bars[i].Value)}</text>");
        }

        return End(svg);
    }

    private static StringBuilder Begin(string title, int width, int height, int legend)
    {
        var svg = new StringBuilder();
        Open(svg, title, Left + width + 14, Top + height + Bottom + legend);
        return svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" x=\"{Left}\" y=\"{Top}\" width=\"{width}\" height=\"{height}\"/>");
    }

    private static void Open(StringBuilder svg, string title, int width, int height)
    {
        string text = HtmlPage.Text(title);
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{text}</figcaption><svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{text}\">");
    }

    private static string End(StringBuilder svg) => svg.Append("</svg></figure>\n").ToString();

    private static void Axes(StringBuilder svg, int width, int height, string x, string y, (double Low, double High) horizontal, (double Low, double High) vertical)
    {
        foreach (double tick in Ticks(horizontal))
        {
            double at = Left + Place(tick, horizontal) * width;
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{at:F1}\" x2=\"{at:F1}\" y1=\"{Top}\" y2=\"{Top + height}\"/><text x=\"{at:F1}\" y=\"{Top + height + 15}\" text-anchor=\"middle\">{Number(tick)}</text>");
        }

        foreach (double tick in Ticks(vertical))
        {
            double at = Top + (1 - Place(tick, vertical)) * height;
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + width}\" y1=\"{at:F1}\" y2=\"{at:F1}\"/><text x=\"{Left - 5}\" y=\"{at + 4:F1}\" text-anchor=\"end\">{Number(tick)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + width / 2}\" y=\"{Top + height + 32}\" text-anchor=\"middle\">{HtmlPage.Text(x)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(11 {Top + height / 2}) rotate(-90)\" text-anchor=\"middle\">{HtmlPage.Text(y)}</text>");
    }

    private static double[] Shares(IReadOnlyList<double> values, (double Low, double High) range, int bins)
    {
        var shares = new double[bins];
        foreach (double value in values)
            shares[Math.Clamp((int)(Place(value, range) * bins), 0, bins - 1)] += 1.0 / values.Count;
        return shares;
    }

    private static double Place(double value, (double Low, double High) range) => Math.Clamp((value - range.Low) / (range.High - range.Low), 0, 1);

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return (0, 1);
        double low = finite.Min(), high = finite.Max();
        return high > low ? (low, high) : (low - 0.5 * Math.Max(Math.Abs(low), 1), high + 0.5 * Math.Max(Math.Abs(high), 1));
    }

    // At most six, at round numbers.
    private static IEnumerable<double> Ticks((double Low, double High) range)
    {
        double rough = (range.High - range.Low) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        };
        for (double tick = Math.Ceiling(range.Low / step - 1e-9); tick * step <= range.High + 1e-9 * step; tick++)
            yield return tick * step;
    }

    private static string Number(double value) => value == 0 ? "0" : Math.Abs(value) is > 0 and (< 1e-3 or >= 1e5)
        ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
        : value.ToString(Math.Abs(value) >= 100 ? "0.#" : "0.###", CultureInfo.InvariantCulture);

    private static string Short(string name) => name.Length <= 28 ? name : $"{name[..27]}\u2026";
}
