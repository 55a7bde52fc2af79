using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Adversarial.Benchmarks;

/// <summary>
/// Accuracy of DA3D's default options on real sets, each seed through the whole ML.NET pipeline: NSL-KDD (normal rows of KDDTrain+, all of
/// KDDTest+) and mammography (80 % of the normal rows, the others and all anomalies as test).
/// </summary>
internal static class AccuracyBenchmark
{
    private const int Seeds = 5;

    public static int Run(string[] args)
    {
        string? folder = args is ["--data", string given, ..] ? given : Environment.GetEnvironmentVariable("ADVERSARIAL_DATA");
        if (folder is null || !File.Exists(Path.Combine(folder, "nslkdd_train.csv.gz")))
        {
            Console.Error.WriteLine("usage: Benchmarks accuracy --data FOLDER, the folder of nslkdd_train.csv.gz, nslkdd_test.csv.gz and mammography.csv.gz");
            return 2;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string temporary = Directory.CreateTempSubdirectory("accuracy-").FullName;
        try
        {
            string train = Unpack(folder, "nslkdd_train.csv.gz", temporary);
            string test = Unpack(folder, "nslkdd_test.csv.gz", temporary);
            string mammography = Unpack(folder, "mammography.csv.gz", temporary);
            Report("NSL-KDD", seed => NslKdd(seed, train, test));
            Report("Mammography", seed => Mammography(seed, mammography));
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }

        return 0;
    }

    private static string Unpack(string folder, string file, string target)
    {
        string path = Path.Combine(target, Path.GetFileNameWithoutExtension(file));
        using var packed = new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress);
        using FileStream plain = File.Create(path);
        packed.CopyTo(plain);
        return path;
    }

    private static void Report(string name, Func<int, (AnomalyMetrics Metrics, double Seconds)> run)
    {
        var aucs = new List<double>();
        var precisions = new List<double>();
        for (int seed = 1; seed <= Seeds; seed++)
        {
            (AnomalyMetrics metrics, double seconds) = run(seed);
            aucs.Add(metrics.RocAuc);
            precisions.Add(metrics.AveragePrecision);
            Console.WriteLine($"{name}, seed {seed}: ROC-AUC {metrics.RocAuc:F4}, average precision {metrics.AveragePrecision:F4}, "
                + $"F1 {metrics.F1:F3}, fit {seconds:F0} s");
        }

        Console.WriteLine($"{name}: ROC-AUC {Summary(aucs)}, average precision {Summary(precisions)}");
    }

    private static string Summary(List<double> values)
    {
        double mean = values.Average();
        return $"{mean:F4} +- {Math.Sqrt(values.Average(value => (value - mean) * (value - mean))):F4} (least {values.Min():F4})";
    }

    private static (AnomalyMetrics Metrics, double Seconds) NslKdd(int seed, string trainFile, string testFile)
    {
        var mlContext = new MLContext(seed);
        TextLoader.Column[] columns =
        [
            new("Duration", DataKind.Single, 0), new("Protocol", DataKind.String, 1), new("Service", DataKind.String, 2), new("Flag", DataKind.String, 3),
            new("Statistics", DataKind.Single, 4, 40), new("Label", DataKind.Single, 43),
        ];
        TextLoader loader = mlContext.Data.CreateTextLoader(columns, separatorChar: ',', hasHeader: true);
        var features = mlContext.Transforms.Categorical.OneHotEncoding([new("Protocol"), new("Service"), new("Flag")])
            .Append(mlContext.Transforms.Concatenate("Features", "Protocol", "Service", "Flag", "Duration", "Statistics"))
            .Append(mlContext.Transforms.NormalizeMinMax("Features"));
        IDataView normal = mlContext.Data.FilterRowsByColumn(loader.Load(trainFile), "Label", upperBound: 0.5);
        return FitAndScore(mlContext, features, normal, loader.Load(testFile), seed);
    }

    private static (AnomalyMetrics Metrics, double Seconds) Mammography(int seed, string file)
    {
        var mlContext = new MLContext(seed);
        TextLoader.Column[] columns = [new("Features", DataKind.Single, 0, 5), new("Label", DataKind.Single, 6)];
        TableRow[] rows = [.. mlContext.Data.CreateEnumerable<TableRow>(mlContext.Data.LoadFromTextFile(file, columns, ',', hasHeader: true), reuseRowObject: false)];
        TableRow[] normal = [.. rows.Where(row => row.Label == 0)];
        new Random(seed).Shuffle(normal);
        int training = normal.Length * 4 / 5;
        IDataView train = mlContext.Data.LoadFromEnumerable(normal.Take(training));
        IDataView test = mlContext.Data.LoadFromEnumerable(normal.Skip(training).Concat(rows.Where(row => row.Label > 0)));
        return FitAndScore(mlContext, mlContext.Transforms.NormalizeMinMax("Features", fixZero: false), train, test, seed);
    }

    private static (AnomalyMetrics Metrics, double Seconds) FitAndScore<T>(MLContext mlContext, IEstimator<T> features, IDataView train, IDataView test, int seed)
        where T : class, ITransformer
    {
        var clock = Stopwatch.StartNew();
        TransformerChain<AnomalyDetectorTransformer> model = features.Append(mlContext.AnomalyDetection.Trainers.Da3d(seed: seed)).Fit(train);
        double seconds = clock.Elapsed.TotalSeconds;
        float[] scores = [.. model.Transform(test).GetColumn<float>("Score")];
        bool[] labels = [.. test.GetColumn<float>("Label").Select(label => label > 0)];
        return (AnomalyMetrics.Evaluate(scores, labels, model.LastTransformer.Threshold), seconds);
    }

    private sealed class TableRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
