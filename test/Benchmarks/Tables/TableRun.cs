using System.Diagnostics;
using System.Globalization;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>One method on one table with one seed.</summary>
/// <param name="Set">The table's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Variant">The changed options, or "default".</param>
/// <param name="Seed">Seed of the split and of the method.</param>
internal readonly record struct TableRun(string Set, string Method, string Variant, int Seed)
{
    public const string Header = "set,method,options,seed,roc_auc,average_precision,f1,false_alarm_rate,fit_seconds,fit_cpu_seconds,rows_per_second,own_residual,processor";

    /// <summary>The run that a line of the results is of.</summary>
    public static TableRun Parse(string line)
    {
        string[] fields = CsvText.Split(line);
        return new TableRun(fields[0], fields[1], fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Fits, scores and gives the line of the results.</summary>
    public string Measure(LabelledTable table, DetectorDescriptor method, DetectorOptions options)
    {
        TableSplit split = table.Split(Seed, options.LeastAnomalies);
        options.Seed = Seed;
        Detector detector = method.Create(options, split.Training.Columns);
        var clock = Stopwatch.StartNew();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        detector.Fit(split.Training, split.Known);
        double fit = clock.Elapsed.TotalSeconds, cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        clock.Restart();
        float[] scores = detector.Score(split.Test, options.NumberOfThreads);
        double rate = split.Test.Rows / clock.Elapsed.TotalSeconds;
        AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, split.Anomalous, detector.Threshold);
        double falseAlarms = scores.Where((score, row) => !split.Anomalous[row] && score > detector.Threshold).Count() / (double)split.Anomalous.Count(label => !label);
        return CsvText.Join(
        [
            Set, Method, Variant, Text(Seed, "F0"), Text(metrics.RocAuc, "F4"), Text(metrics.AveragePrecision, "F4"), Text(metrics.F1, "F4"),
            Text(falseAlarms, "F4"), Text(fit, "F1"), Text(cpuSeconds, "F1"), Text(rate, "F0"), OwnResidual(detector, split), Processor.Name,
        ]);
    }

    // ROC-AUC of the method's own reconstruction, where it has one: what its score has to beat.
    private static string OwnResidual(Detector detector, TableSplit split)
    {
        if (detector is not NetworkDetector networks || networks.ResidualsOf(split.Test) is not { } residuals)
            return "";
        return Text(AnomalyMetrics.Evaluate(residuals, split.Anomalous).RocAuc, "F4");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
