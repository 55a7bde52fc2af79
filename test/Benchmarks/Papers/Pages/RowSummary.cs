using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>The results of one row: one experiment and reading, over its seeds.</summary>
internal sealed class RowSummary
{
    public RowSummary(Experiment experiment, Reading reading, IReadOnlyList<ResultLine> lines)
    {
        Experiment = experiment;
        Reading = reading;
        string? definition = experiment.Descriptor is DetectorDescriptor descriptor ? experiment.Definition(descriptor) : null;
        // Where two processes measured the same, or a line was taken anew, the last counts.
        Lines = [.. lines.Where(line => line.Experiment == experiment.Id && line.Reading == reading.Name && line.Definition == definition)
            .GroupBy(line => line.Seed).Select(seed => seed.Last()).OrderBy(line => line.Seed)];
        Measured = [.. Lines.Where(line => line.Failure.Length == 0)];
    }

    public Experiment Experiment { get; }

    public Reading Reading { get; }

    /// <summary>All of the present options, a line a seed.</summary>
    public IReadOnlyList<ResultLine> Lines { get; }

    /// <summary>Those whose training did not fail.</summary>
    public IReadOnlyList<ResultLine> Measured { get; }

    /// <summary>"mean ± deviation", of the finite values.</summary>
    public string Figure(Metric metric)
    {
        double[] values = [.. Measured.Select(metric.Of).Where(double.IsFinite)];
        return values.Length switch
        {
            0 => "not run",
            1 => $"{values[0]:F3}",
            _ => $"{values.Average():F3} ± {Deviation(values):F3}",
        };
    }

    /// <summary>The published figure, and how far the measured mean lies above it.</summary>
    public string Published(Metric metric)
    {
        if ((Reading.Published ?? Experiment.Published).FirstOrDefault(figure => figure.Metric == metric) is not { } published)
            return "";
        double[] values = [.. Measured.Select(metric.Of).Where(double.IsFinite)];
        string text = published.ToString();
        return values.Length == 0 ? text : $"{text} ({values.Average() - published.Mean:+0.000;-0.000;0.000})";
    }

    /// <summary>Mean of a quantity of time, in a few digits.</summary>
    public string Mean(Func<ResultLine, double> of) => Measured.Count == 0 ? "" : Digits(Measured.Average(of));

    /// <summary>How many seeds, and what happened to the others.</summary>
    public string Seeds()
    {
        int failed = Lines.Count - Measured.Count;
        int restarts = Measured.Sum(line => line.Restarts);
        return $"{Measured.Count}" + (failed > 0 ? $", {failed} failed" : "") + (restarts > 0 ? $", {restarts} restarts" : "");
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static string Digits(double value) => value switch
    {
        < 10 => value.ToString("F1"),
        < 1000 => value.ToString("F0"),
        _ => (Math.Round(value / 1000) * 1000).ToString("N0"),
    };
}
