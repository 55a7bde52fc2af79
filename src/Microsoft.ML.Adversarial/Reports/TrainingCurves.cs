using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>Losses of a training over its epochs, a chart for each loss of each phase.</summary>
internal static class TrainingCurves
{
    private const int MostCharts = 12;

    public static void Write(HtmlPage page, IReadOnlyList<TrainingProgress> progress)
    {
        // A phase that begins again belongs to the next detector of an ensemble, or of a committee.
        var charts = new List<(string Phase, string Loss, List<List<(double X, double Y)>> Runs)>();
        foreach (TrainingProgress report in progress.Where(report => report.EndOfEpoch))
        {
            foreach (NamedLoss loss in report.Losses)
            {
                int index = charts.FindIndex(chart => chart.Phase == report.Phase && chart.Loss == loss.Name);
                if (index < 0)
                {
                    charts.Add((report.Phase, loss.Name, []));
                    index = charts.Count - 1;
                }

                List<List<(double X, double Y)>> runs = charts[index].Runs;
                if (runs.Count == 0 || runs[^1][^1].X >= report.Epoch)
                    runs.Add([]);
                runs[^1].Add((report.Epoch, loss.Value));
            }
        }

        charts.RemoveAll(chart => chart.Runs.All(run => run.Count < 2));
        if (charts.Count == 0)
            return;
        page.Heading("Training");
        page.Charts(charts.Take(MostCharts).Select(chart => Chart.Lines($"{chart.Phase}: {chart.Loss}", "Epoch", "Mean loss",
            [.. chart.Runs.Where(run => run.Count > 1).Select((run, i) => new ChartLine($"network {i + 1}", run))], isShare: false)));
        if (charts.Count > MostCharts)
            page.Note($"{charts.Count - MostCharts} more losses are not drawn.");
    }
}
