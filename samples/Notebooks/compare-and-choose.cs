#!/usr/bin/env dotnet
#:project ../../src/Microsoft.ML.Adversarial/Microsoft.ML.Adversarial.csproj
#:property PublishAot=false

//# # Compare and choose
//# Which detector is best depends on the rows. `Compare` fits many of them to the same rows and scores the same others with each; `Sweep` then tries options of one.
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 1);

//# ## Rows
//# Points near a curve, every tenth of them away from it, each coordinate still in its range: no single feature gives them away.
IDataView Points(int count, int seed)
{
    var random = new Random(seed);
    return mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(row =>
    {
        float t = random.NextSingle(), u = row % 10 == 9 ? random.NextSingle() : t;
        return new Point { Features = [t, u * u, 1 - t, 0.5f + 0.02f * u], Wrong = row % 10 == 9 };
    }).ToArray());
}

IDataView points = Points(count: 800, seed: 1);

//# ## With labels
//# Known anomalies are tested on and train nothing. The order is that of the area under the ROC curve.
string[] methods = ["kNN", "LOF", "Isolation forest", "Gaussian mixture", "Autoencoder"];
DetectorComparison withLabels = mlContext.AnomalyDetection.Compare(points, labelColumnName: "Wrong", methods: methods, seed: 1);
Console.WriteLine(withLabels.ToMarkdown());

//# ## Without labels
//# Nobody can tell then which one is accurate. What can be told: how well each tells held-out rows from rows that are made of them (a hint), how far they agree, and how stable they are.
DetectorComparison withoutLabels = mlContext.AnomalyDetection.Compare(mlContext.Data.FilterRowsByColumn(
    mlContext.Transforms.Conversion.ConvertType("Number", "Wrong", DataKind.Single).Fit(points).Transform(points), "Number", upperBound: 0.5),
    new ComparisonOptions { Methods = methods, Seed = 1, NumberOfFits = 2 });
Console.WriteLine(withoutLabels.ToMarkdown());

//# ## Options of the best one
//# The first trial has the options as they are. The best one is measured on rows that decided nothing.
DetectorSweep sweep = mlContext.AnomalyDetection.Sweep(points, withLabels.Best!.Name, labelColumnName: "Wrong", numberOfTrials: 6, seed: 1);
Console.WriteLine(sweep.ToMarkdown());
Console.WriteLine(sweep.Metrics!.AreaUnderRocCurve > 0.9); // prints True

//! types
internal sealed class Point
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
    public bool Wrong { get; set; }
}
