#!/usr/bin/env dotnet
#:project ../../src/Microsoft.ML.Adversarial/Microsoft.ML.Adversarial.csproj
#:property PublishAot=false

//# # A first detector
//# A detector is the last estimator of a pipeline. It learns from rows that are normal, and gives every row a `Score` and a `PredictedLabel`.
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 1);

//# ## Rows
//# Connections of a server, as a file would have them: one in twenty is an attack that sends much and receives little.
Connection[] Connections(int count, int seed)
{
    var random = new Random(seed);
    return [.. Enumerable.Range(0, count).Select(row =>
    {
        bool attack = row % 20 == 19, mail = random.Next(3) == 0;
        float scale = 0.7f + 0.6f * random.NextSingle();
        return new Connection
        {
            Service = mail ? "smtp" : "http",
            Seconds = (attack ? 40 : 0.5f) * scale,
            Sent = (attack ? 90_000 : mail ? 1200 : 300) * scale,
            Received = (mail ? 400 : 3000) * scale,
            Attack = attack,
        };
    })];
}

IDataView training = mlContext.Data.LoadFromEnumerable(Connections(count: 1000, seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Connections(count: 400, seed: 2));

//# ## Fit
//# Categories become indicators, all features one vector. Scaling is the detector's own work. With a label column only rows that are labelled normal are trained on; without
//# one all rows are taken as normal.
var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("Service")
    .Append(mlContext.Transforms.Concatenate("Features", "Service", "Seconds", "Sent", "Received"))
    .Append(mlContext.AnomalyDetection.Trainers.Committee(labelColumnName: "Attack"));
var model = pipeline.Fit(training);

//# ## How good is it?
DetectorMetrics metrics = mlContext.AnomalyDetection.EvaluateDetector(model.Transform(test), "Attack");
Console.WriteLine(metrics);

//# ## Keep it, and use it elsewhere
mlContext.Model.Save(model, training.Schema, "first-detector.zip");
ITransformer loaded = mlContext.Model.Load("first-detector.zip", out _);
PredictionEngine<Connection, Verdict> engine = mlContext.Model.CreatePredictionEngine<Connection, Verdict>(loaded);
Verdict verdict = engine.Predict(new Connection { Service = "http", Seconds = 45, Sent = 80_000, Received = 2500 });
Console.WriteLine($"Anomaly: {verdict.PredictedLabel}"); // prints Anomaly: True

//! types
internal sealed class Connection
{
    public string Service { get; set; } = "";
    public float Seconds { get; set; }
    public float Sent { get; set; }
    public float Received { get; set; }
    public bool Attack { get; set; }
}

internal sealed class Verdict
{
    public bool PredictedLabel { get; set; }
    public float Score { get; set; }
}
