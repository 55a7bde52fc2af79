#!/usr/bin/env dotnet
#:project ../../src/Microsoft.ML.Adversarial/Microsoft.ML.Adversarial.csproj
#:property PublishAot=false

//# # Explain an alert
//# An operator wants to know why a row was flagged, and how often such an alarm is false.
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 1);

//# ## Rows and model
//# Readings of pumps: pressure and current follow the speed, and how much depends on the type. A fifth of the rows is held out of training, to know how rare a score is.
Reading Usual(Random random)
{
    bool large = random.Next(2) == 0;
    float speed = random.NextSingle();
    return new Reading { Type = large ? "large" : "small", Speed = speed, Pressure = (large ? 8 : 3) * speed + 0.1f * random.NextSingle(), Current = (large ? 20 : 6) * speed * speed };
}

var random = new Random(1);
IDataView readings = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 2000).Select(_ => Usual(random)).ToArray());
var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("Type")
    .Append(mlContext.Transforms.Concatenate("Features", "Type", "Speed", "Pressure", "Current"))
    .Append(mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options { Seed = 1, CalibrationShare = 0.2, FalseAlarmRateColumnName = "FalseAlarmRate" }));
var fitted = pipeline.Fit(readings);

//# ## Why
//# `WithTopFeatures` adds a text, `WithContributions` a number for each feature. Both are computed when they are read. The slots of a category count as one feature.
var model = new TransformerChain<ITransformer>([.. fitted.SkipLast(1), fitted.LastTransformer.WithTopFeatures(count: 2)]);
PredictionEngine<Reading, Alert> engine = mlContext.Model.CreatePredictionEngine<Reading, Alert>(model);
Alert alert = engine.Predict(new Reading { Type = "small", Speed = 0.4f, Pressure = 1.2f, Current = 6 });
Console.WriteLine($"Anomaly: {alert.PredictedLabel}"); // prints Anomaly: True
Console.WriteLine($"Why: {alert.TopFeatures}");

//# ## How sure
//# The share of normal rows that score as high, by the rows that were held out: at 0.002 one alarm in five hundred normal rows.
Console.WriteLine($"Such a score has {alert.FalseAlarmRate:P2} of the normal rows.");
Console.WriteLine(alert.FalseAlarmRate < 0.01); // prints True

//! types
internal sealed class Reading
{
    public string Type { get; set; } = "";
    public float Speed { get; set; }
    public float Pressure { get; set; }
    public float Current { get; set; }
}

internal sealed class Alert
{
    public bool PredictedLabel { get; set; }
    public float FalseAlarmRate { get; set; }
    public string TopFeatures { get; set; } = "";
}
