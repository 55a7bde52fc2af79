using System.Text;

namespace Adversarial.Benchmarks;

/// <summary>Writes a page from the results.</summary>
internal sealed class PageWriter(PaperPage page, IReadOnlyList<ResultLine> lines)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        RowSummary[] rows =
            [.. page.Experiments.SelectMany(experiment => experiment.Readings.Select(reading => new RowSummary(experiment, reading, lines)))];
        Line($"# {page.Title}");
        Paragraph(page.Introduction);
        Paragraph(
            "Figures are mean ± standard deviation (of the population) over the seeds; a seed sets the networks' random "
            + "numbers and, where the protocol draws rows by the seed, the split. Options are "
            + "the method's defaults unless a row says otherwise. Rows that fall short of the published figure stay in; the "
            + "difference stands in brackets. "
            + "\"not run\" means that no result of the present options is there."
            + (page.PublishedSpread.Length > 0 ? $" Behind the published ±: {page.PublishedSpread}." : ""));
        foreach (IGrouping<string, RowSummary> data in rows.GroupBy(row => row.Experiment.Data))
            Table(data.Key, [.. data]);
        Left();
        Made(rows);
        return _text.ToString();
    }

    private void Table(string data, RowSummary[] rows)
    {
        Line("");
        Line($"## {data}");
        Line("");
        foreach (IGrouping<string, Protocol> same in rows.Select(row => row.Experiment.Protocol).DistinctBy(protocol => protocol.Name).GroupBy(protocol => protocol.Words))
        {
            string names = string.Join(", ", same.Select(protocol => protocol.Name));
            Line($"- **{Capital(names)}.** {same.Key}{(same.Count() == 1 ? Sizes(rows.Where(row => row.Experiment.Protocol.Name == names)) : "")}");
        }

        (string Title, Func<RowSummary, string> Of)[] columns = [.. Columns(rows)];
        Line("");
        Line($"| {string.Join(" | ", columns.Select(column => column.Title))} |");
        Line($"|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (RowSummary row in rows)
            Line($"| {string.Join(" | ", columns.Select(column => column.Of(row)))} |");
        if (page.HasMeans && rows.All(row => row.Measured.Count > 0))
            Line($"| mean | {string.Join(" | ", columns[1..].Select(column => MeanOf(column.Title, rows)))} |");
        Notes(rows);
    }

    private IEnumerable<(string Title, Func<RowSummary, string> Of)> Columns(RowSummary[] rows)
    {
        yield return ("Protocol", row => row.Experiment.Protocol.Name);
        yield return ("Method", row => row.Experiment.Name);
        if (rows.Any(row => row.Reading.Name.Length > 0))
            yield return ("Scores", row => row.Reading.Name);
        foreach (Metric metric in page.Metrics)
        {
            yield return (metric.Title, row => row.Figure(metric));
            if (rows.Any(row => row.Published(metric).Length > 0))
                yield return ("published", row => row.Published(metric));
        }

        yield return ("Fit, s", row => row.Mean(line => line.FitSeconds));
        yield return ("Scoring, rows/s", row => row.Mean(line => line.RowsPerSecond));
        yield return ("Seeds", row => row.Seeds());
    }

    // The paper's own figures are of the first column that it has.
    private string MeanOf(string title, RowSummary[] rows)
    {
        if (page.Metrics.FirstOrDefault(metric => metric.Title == title) is { } measured)
            return $"{rows.Average(row => row.Measured.Average(measured.Of)):F3}";
        Metric[] published = [.. page.Metrics.Where(metric => rows.All(row => row.Experiment.Published.Any(figure => figure.Metric == metric)))];
        return title == "published" && published.Length == 1
            ? $"{rows.Average(row => row.Experiment.Published.Single(figure => figure.Metric == published[0]).Mean):F3}"
            : "";
    }

    private static string Sizes(IEnumerable<RowSummary> rows)
    {
        if (rows.SelectMany(row => row.Measured).FirstOrDefault() is not { } line)
            return "";
        string known = line.TrainingAnomalies > 0 ? $" and {line.TrainingAnomalies:N0} known anomalies" : "";
        return $" {line.TrainingRows:N0} training rows{known}, {line.TestRows:N0} test rows with {line.TestAnomalies:N0} anomalies, {line.Features} features.";
    }

    private void Notes(RowSummary[] rows)
    {
        string[] notes =
        [
            .. page.Metrics.Where(metric => metric.Words.Length > 0).Select(metric => $"{metric.Title}: {metric.Words}."),
            .. SetBy([.. rows.Select(row => row.Experiment)]),
            .. rows.Select(row => row.Reading).Where(reading => reading.Words.Length > 0).DistinctBy(reading => reading.Name)
                .Select(reading => $"{Capital(reading.Name)}: {reading.Words}."),
            .. rows.SelectMany(row => row.Lines.Where(line => line.Failure.Length > 0)
                .Select(line => $"{row.Experiment.Name}, seed {line.Seed}, failed: {line.Failure}")),
        ];
        if (notes.Length > 0)
            Line("");
        foreach (string note in notes)
            Line($"- {note}");
    }

    // The protocol is named only where it makes a difference.
    private static IEnumerable<string> SetBy(Experiment[] experiments) =>
        experiments.Where(experiment => Set(experiment).Length > 0).DistinctBy(experiment => (experiment.Name, Set(experiment)))
            .Select(experiment => experiments.Any(other => other.Name == experiment.Name && Set(other) != Set(experiment))
                ? $"{experiment.Name} ({experiment.Protocol.Name}): {Set(experiment)}."
                : $"{experiment.Name}: {Set(experiment)}.");

    private static string Set(Experiment experiment) => string.Join(", ",
        [.. experiment.Preset is { } preset ? [$"the variant \"{preset}\""] : Array.Empty<string>(), .. experiment.Settings.Select(setting => $"`{setting}`")]);

    private void Left()
    {
        if (page.Left.Count == 0)
            return;
        Line("");
        Line("## Left out");
        Line("");
        foreach (string point in page.Left)
            Line($"- {point}");
    }

    private void Made(RowSummary[] rows)
    {
        Line("");
        Line("## How the numbers were made");
        Paragraph(
            $"`eng/bench.sh papers --data FOLDER --only {page.Name}/` measures the rows of this page that [results.csv](results.csv) does not hold, "
            + "and writes the page from that file. "
            + "`eng/bench.sh papers --list` shows the runs.");
        IGrouping<(string Processor, int Threads), ResultLine>[] machines =
            [.. rows.SelectMany(row => row.Lines).GroupBy(line => (line.Processor, line.Threads))];
        if (machines.Length > 0)
            Line("");
        foreach (IGrouping<(string Processor, int Threads), ResultLine> machine in machines)
        {
            Line($"- {machine.Key.Processor}, {machine.Key.Threads} {(machine.Key.Threads == 1 ? "thread" : "threads")}: "
                + $"{machine.Count()} results, {machine.Min(line => line.Date)} to {machine.Max(line => line.Date)}");
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private void Paragraph(string text)
    {
        Line("");
        Line(text);
    }

    private void Line(string text) => _text.Append(text).Append('\n');
}
