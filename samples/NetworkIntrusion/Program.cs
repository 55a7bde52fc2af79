using System.Diagnostics;
using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using NetworkIntrusion;

// Usage: NetworkIntrusion [--data FOLDER] [--json FILE] [--seed N] [--full]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Arguments arguments = Arguments.Parse(args);
using DataSet files = DataSet.Find(arguments.Data);
Console.WriteLine($"Data: {files.Name}");

var mlContext = new MLContext(seed: arguments.Seed);
IDataView training = mlContext.Data.LoadFromTextFile<Connection>(files.TrainFile, separatorChar: ',', hasHeader: true);
IDataView test = mlContext.Data.LoadFromTextFile<Connection>(files.TestFile, separatorChar: ',', hasHeader: true);

// Train on normal connections only; encoders and scales must not see the attacks either.
IDataView normal = mlContext.Data.FilterRowsByColumn(training, nameof(Connection.Label), upperBound: 0.5);

using var bar = new ProgressBar();
var options = new Da3dTrainer.Options { Contamination = 0.05, Progress = bar };
if (!arguments.Full)
    options.UseShortTraining();

var pipeline = mlContext.Transforms.Categorical.OneHotEncoding(
    [
        new InputOutputColumnPair("Protocol"),
        new InputOutputColumnPair("Service"),
        new InputOutputColumnPair("Flag"),
    ])
    .Append(mlContext.Transforms.Concatenate("Features", "Protocol", "Service", "Flag", "Duration", "Statistics"))
    .Append(mlContext.Transforms.NormalizeMinMax("Features"))
    .Append(mlContext.AnomalyDetection.Trainers.Da3d(options));

var clock = Stopwatch.StartNew();
var model = pipeline.Fit(normal);
double fitSeconds = clock.Elapsed.TotalSeconds;
bar.Dispose();
Console.WriteLine($"Trained in {fitSeconds:F1} s; threshold {model.LastTransformer.Threshold:F3} flags {options.Contamination:P0} of the training rows.");

clock.Restart();
IDataView scored = model.Transform(test);
float[] scores = scored.GetColumn<float>("Score").ToArray();
double scoreSeconds = clock.Elapsed.TotalSeconds;
bool[] attacks = test.GetColumn<float>("Label").Select(label => label > 0).ToArray();

AnomalyDetectionMetrics ranking = mlContext.AnomalyDetection.Evaluate(scored, falsePositiveCount: 10);
AnomalyMetrics metrics = AnomalyMetrics.Evaluate(scores, attacks, model.LastTransformer.Threshold);
Console.WriteLine($"Test rows           {scores.Length} ({metrics.BaseRate:P1} attacks), scored at {scores.Length / scoreSeconds:N0} rows/s");
Console.WriteLine($"ROC-AUC             {ranking.AreaUnderRocCurve:F4}");
Console.WriteLine($"Average precision   {metrics.AveragePrecision:F4}");
Console.WriteLine($"At the threshold    precision {metrics.Precision:F3}, recall {metrics.Recall:F3}, F1 {metrics.F1:F3}");
Console.WriteLine($"Detection rate      {ranking.DetectionRateAtFalsePositiveCount:F3} of the attacks at 10 false positives");

// Save so that a former model of that name stays until the new one is whole; load, score single connections.
string file = Path.Combine(Path.GetTempPath(), $"network-intrusion-{Environment.ProcessId}.zip");
mlContext.Model.SaveAtomically(model, normal.Schema, file);
ITransformer loaded = mlContext.Model.LoadDetector(file, out _);
File.Delete(file);
using (var engine = mlContext.Model.CreatePredictionEngine<Connection, Verdict>(loaded))
{
    foreach (Connection connection in mlContext.Data.CreateEnumerable<Connection>(test, reuseRowObject: false).Take(5))
    {
        Verdict verdict = engine.Predict(connection);
        Console.WriteLine($"  {connection.Protocol,-4} {connection.Service,-10} {connection.Flag,-4} "
            + $"score {verdict.Score,8:F3} {(verdict.PredictedLabel ? "ANOMALY" : "normal "),-8} (truth: {connection.Attack})");
    }
}

if (arguments.Json is not null)
    Report.Write(arguments.Json, files.Name, scores.Length, ranking, metrics, fitSeconds, scores.Length / scoreSeconds);
