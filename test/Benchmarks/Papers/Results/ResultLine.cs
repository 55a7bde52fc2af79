namespace Adversarial.Benchmarks;

/// <summary>What identifies a measurement; one that stands in the file is not repeated.</summary>
/// <param name="Experiment">The row's id.</param>
/// <param name="Definition">Fingerprint of options and protocol.</param>
/// <param name="Reading">The way of scoring.</param>
/// <param name="Seed">The seed of split and networks.</param>
internal readonly record struct ResultKey(string Experiment, string Definition, string Reading, int Seed);

/// <summary>One line of the results' file. Quality is NaN where a training failed.</summary>
internal sealed record ResultLine
{
    /// <summary>When it was measured, UTC.</summary>
    public required string Date { get; init; }

    public required string Experiment { get; init; }

    public required string Definition { get; init; }

    public string Reading { get; init; } = "";

    public required int Seed { get; init; }

    public double RocAuc { get; init; } = double.NaN;

    public double AveragePrecision { get; init; } = double.NaN;

    public double CurveArea { get; init; } = double.NaN;

    public double Precision { get; init; } = double.NaN;

    public double Recall { get; init; } = double.NaN;

    public double F1 { get; init; } = double.NaN;

    public double TopPrecision { get; init; } = double.NaN;

    public double TopRecall { get; init; } = double.NaN;

    public double TopF1 { get; init; } = double.NaN;

    public double BestF1 { get; init; } = double.NaN;

    public double BestAccuracy { get; init; } = double.NaN;

    public int SkippedRows { get; init; }

    public double FitSeconds { get; init; } = double.NaN;

    public double RowsPerSecond { get; init; } = double.NaN;

    public int Restarts { get; init; }

    public int TrainingRows { get; init; }

    /// <summary>Labelled anomalies that the fit was given.</summary>
    public int TrainingAnomalies { get; init; }

    public int TestRows { get; init; }

    public int TestAnomalies { get; init; }

    public int Features { get; init; }

    public int Threads { get; init; }

    public string Processor { get; init; } = "";

    /// <summary>Why the training failed; empty where it did not.</summary>
    public string Failure { get; init; } = "";

    public ResultKey Key => new(Experiment, Definition, Reading, Seed);

    public ResultLine With(Scored scored)
    {
        Measures measures = Measures.Of(scored);
        return this with
        {
            RocAuc = Short(measures.RocAuc),
            AveragePrecision = Short(measures.AveragePrecision),
            CurveArea = Short(measures.CurveArea),
            Precision = Short(measures.Precision),
            Recall = Short(measures.Recall),
            F1 = Short(measures.F1),
            TopPrecision = Short(measures.TopPrecision),
            TopRecall = Short(measures.TopRecall),
            TopF1 = Short(measures.TopF1),
            BestF1 = Short(measures.BestF1),
            BestAccuracy = Short(measures.BestAccuracy),
            SkippedRows = measures.SkippedRows,
            RowsPerSecond = Math.Round(scored.RowsPerSecond),
            TestRows = scored.Labels.Length,
            TestAnomalies = scored.Labels.Count(label => label),
        };
    }

    private static double Short(double value) => Math.Round(value, 6);
}
