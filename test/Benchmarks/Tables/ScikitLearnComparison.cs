using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Isolation forest and support vector machines beside scikit-learn's, on the same standardised rows of some tables.</summary>
internal static class ScikitLearnComparison
{
    private const int ForestSeeds = 10;

    private static readonly string[] _interpreters = ["python3", "/usr/bin/python3"];

    /// <summary>Compares on the tables of a folder: names after it, else three.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var data, ..] || !Directory.Exists(data))
        {
            Console.Error.WriteLine("usage: Benchmarks scikit-learn FOLDER [TABLE...]");
            return 2;
        }

        string? interpreter = _interpreters.FirstOrDefault(HasScikitLearn);
        if (interpreter is null)
        {
            Console.Error.WriteLine("scikit-learn was not found; on Debian: apt-get install python3-sklearn");
            return 1;
        }

        string[] tables = args.Length > 1 ? args[1..] : ["WDBC", "cardio", "satellite"];
        Console.WriteLine("| Table | Method | ROC-AUC | scikit-learn | difference | correlation of scores |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (string name in tables)
        {
            LabelledTable table = LabelledTable.Read(Path.Combine(data, name + ".csv.gz"));
            Compare(interpreter, table, name, () => new IsolationForestOptions(), ForestSeeds);
            Compare(interpreter, table, name, () => new OneClassSvmOptions { MaximumKeptRows = 40_000 }, 1);
            Compare(interpreter, table, name, () => new CostSensitiveSvmOptions { MaximumKeptRows = 40_000 }, 1);
        }

        return 0;
    }

    private static void Compare(string interpreter, LabelledTable table, string name, Func<DetectorOptions> create, int seeds)
    {
        TableSplit split = table.Split(1, create().LeastAnomalies);
        FeatureMatrix training = Standardized(split.Training, split.Training), test = Standardized(split.Test, split.Training);
        FeatureMatrix? known = split.Known is null ? null : Standardized(split.Known, split.Training);
        string method = DetectorRegistry.For(create()).Name;
        double ours = 0, theirs = 0, correlation = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            DetectorOptions options = create();
            (options.Seed, options.InputScaling, options.OutOfRangeWeight) = (seed, InputScaling.None, 0);
            Detector detector = DetectorRegistry.For(options).Create(options, training.Columns);
            detector.Fit(training, known);
            float[] scores = detector.Score(test);
            float[] reference = Ask(interpreter, method, seed, training, known, test);
            ours += AnomalyMetrics.Evaluate(scores, split.Anomalous).RocAuc / seeds;
            theirs += AnomalyMetrics.Evaluate(reference, split.Anomalous).RocAuc / seeds;
            correlation += Correlation(scores, reference) / seeds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {method} | {ours:F4} | {theirs:F4} | {Math.Round(ours - theirs, 4):+0.0000;-0.0000;0.0000} | {correlation:F4} |"));
    }

    private static FeatureMatrix Standardized(FeatureMatrix rows, FeatureMatrix by)
    {
        var mean = new double[by.Columns];
        var deviation = new double[by.Columns];
        for (int c = 0; c < by.Columns; c++)
        {
            mean[c] = Enumerable.Range(0, by.Rows).Average(r => (double)by[r][c]);
            double variance = Enumerable.Range(0, by.Rows).Average(r => Math.Pow(by[r][c] - mean[c], 2));
            deviation[c] = variance > 0 ? Math.Sqrt(variance) : 1;
        }

        return FeatureMatrix.FromRows(Enumerable.Range(0, rows.Rows).Select(r => rows[r].ToArray().Select((value, c) => (float)((value - mean[c]) / deviation[c])).ToArray()));
    }

    private static float[] Ask(string interpreter, string method, int seed, FeatureMatrix training, FeatureMatrix? known, FeatureMatrix test)
    {
        string folder = Directory.CreateTempSubdirectory("adversarial-scikit-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "columns"), training.Columns.ToString(CultureInfo.InvariantCulture));
            Write(folder, "training", training);
            Write(folder, "known", known);
            Write(folder, "test", test);
            using Process process = Process.Start(new ProcessStartInfo(interpreter)
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "sklearn_scores.py"), folder, method, seed.ToString(CultureInfo.InvariantCulture) },
            })!;
            process.WaitForExit();
            double[] scores = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, "scores"))).ToArray();
            return Array.ConvertAll(scores, score => (float)score);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, string name, FeatureMatrix? rows)
    {
        using FileStream file = File.Create(Path.Combine(folder, name));
        for (int r = 0; r < (rows?.Rows ?? 0); r++)
            file.Write(MemoryMarshal.AsBytes(rows![r]));
    }

    private static double Correlation(float[] x, float[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), product = 0, squaresX = 0, squaresY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            (product, squaresX, squaresY) = (product + dx * dy, squaresX + dx * dx, squaresY + dy * dy);
        }

        return product / Math.Sqrt(squaresX * squaresY);
    }

    private static bool HasScikitLearn(string interpreter)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(interpreter) { ArgumentList = { "-c", "import sklearn" }, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
