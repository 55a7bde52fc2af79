using System.Diagnostics;
using System.Globalization;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Seconds that a fit with default options takes on one thread, by rows and width of the table.</summary>
internal static class CostBenchmark
{
    public static int Run(string[] args)
    {
        IEnumerable<DetectorDescriptor> methods = DetectorRegistry.All;
        if (args is ["--methods", var names, ..])
            (methods, args) = ([.. names.Split(',').Select(DetectorRegistry.Get)], args[2..]);
        if (args.Length == 0 || args.Any(argument => argument.Split('x').Length != 2))
        {
            Console.Error.WriteLine("usage: Benchmarks cost [--methods A,B] ROWSxCOLUMNS...");
            return 2;
        }

        Console.WriteLine("| Rows | Columns | Method | Seconds | of them on the processor |");
        Console.WriteLine("|---:|---:|---|---:|---:|");
        foreach (string shape in args)
        {
            int[] size = [.. shape.Split('x').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
            foreach (DetectorDescriptor method in methods)
                Measure(method, size[0], size[1]);
        }

        return 0;
    }

    private static void Measure(DetectorDescriptor method, int rows, int columns)
    {
        DetectorOptions options = method.CreateOptions();
        (options.Seed, options.NumberOfThreads) = (1, 1);
        FeatureMatrix table = Simulate(rows, columns, seed: 1);
        FeatureMatrix? anomalies = options.LeastAnomalies == 0 ? null : Simulate(Math.Max(options.LeastAnomalies, rows / 20), columns, seed: 2);
        Detector detector = method.Create(options, columns);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        detector.Fit(table, anomalies);
        double seconds = clock.Elapsed.TotalSeconds, busy = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {rows} | {columns} | {method.Name} | {seconds:F1} | {busy:F1} |"));
    }

    // Mixtures of few sources: the features depend on each other as real ones do.
    private static FeatureMatrix Simulate(int rows, int columns, int seed)
    {
        const int Sources = 5;
        var random = new Random(seed);
        float[] weights = [.. Enumerable.Range(0, Sources * columns).Select(_ => random.NextSingle() - 0.5f)];
        return FeatureMatrix.FromRows(Enumerable.Range(0, rows).Select(_ =>
        {
            float[] sources = [.. Enumerable.Range(0, Sources).Select(_ => random.NextSingle())];
            return (float[])[.. Enumerable.Range(0, columns).Select(c => 0.1f * random.NextSingle() + sources.Select((source, i) => source * weights[i * columns + c]).Sum())];
        }));
    }
}
