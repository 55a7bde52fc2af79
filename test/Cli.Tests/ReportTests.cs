using System.Diagnostics;
using System.Xml.Linq;

namespace Cli.Tests;

/// <summary>The pages are whole, and a browser shows them.</summary>
public class ReportTests(Workplace workplace)
{
    public static bool HasBrowser => Browser is not null;

    private static string? Browser => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => ((string[])["chromium", "chromium-browser", "google-chrome"]).Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private XElement Page(string name, params string[] arguments)
    {
        Tool.Run(workplace.Folder, [.. arguments, "--report", name]).Succeeded();
        string html = File.ReadAllText(workplace.PathOf(name));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("NaN", html);
        XElement page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Root!;
        // Nothing is fetched from anywhere.
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "src" or "href");
        return page;
    }

    private static string[] Headings(XElement page) => [.. page.Descendants("h2").Select(heading => heading.Value)];

    private static string[] Charts(XElement page) => [.. page.Descendants("figcaption").Select(caption => caption.Value)];

    [Fact]
    public void EvaluatePageHasAllParts()
    {
        XElement page = Page("evaluate.html", "evaluate", "-m", Workplace.LabelledModel, "-d", Workplace.Labelled);
        Assert.Equal(["Ranking of anomalies over normal rows", "Scores", "Thresholds by false alarms", "What makes the highest scores", "Data and model", "Options"], Headings(page));
        Assert.Equal(["ROC curve", "Precision and recall", "Scores of normal rows and of anomalies", "Mean contribution in the 50 rows with the highest scores"], Charts(page));
        Assert.Contains(page.Descendants("text"), text => text.Value == "threshold");
        Assert.Contains("kind", page.Value);
        Assert.Contains("NumberOfNeighbors", page.Value);
    }

    [Fact]
    public void TrainPageHasTheTrainingCurves()
    {
        XElement page = Page("train.html", "train", "-d", Workplace.Normal, "--method", "autoencoder", "--option", "MaximumNumberOfSteps=50", "-o", "autoencoder.zip");
        Assert.Equal(["Scores", "Thresholds by false alarms", "What makes the highest scores", "Training", "Data and model", "Options"], Headings(page));
        Assert.Contains(Charts(page), chart => chart.Contains("reconstruction", StringComparison.Ordinal));
        Assert.Contains("trained on", page.Value);
    }

    [Fact]
    public void ComparePageHasTableAndCurves()
    {
        XElement page = Page("compare.html", "compare", "-d", Workplace.Labelled, "--label-col", "label", "--ignore-cols", "state", "--methods", "knn", "lof");
        Assert.Equal(["Curves of the best", "Scores of test rows"], Headings(page));
        Assert.Equal(["ROC curves", "Precision and recall"], Charts(page).Take(2));
        Assert.Equal(2, page.Descendants("td").Count(cell => cell.Value is "kNN" or "LOF"));
    }

    [Fact(Skip = "There is no chromium on this machine.", SkipUnless = nameof(HasBrowser))]
    public async Task ABrowserShowsThePage()
    {
        Page("shown.html", "evaluate", "-m", Workplace.LabelledModel, "-d", Workplace.Labelled);
        using Process browser = Process.Start(new ProcessStartInfo(Browser!,
            ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", $"--user-data-dir={workplace.PathOf("browser")}", "--window-size=1200,2400",
                $"--screenshot={workplace.PathOf("shown.png")}", new Uri(workplace.PathOf("shown.html")).AbsoluteUri])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> errors = browser.StandardError.ReadToEndAsync();
        Assert.True(browser.WaitForExit(TimeSpan.FromSeconds(60)), "The browser does not end.");
        Assert.DoesNotContain("CONSOLE", await errors);
        // A blank page is a tenth of this.
        Assert.True(new FileInfo(workplace.PathOf("shown.png")).Length > 60_000);
    }
}
