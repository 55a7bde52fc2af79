using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;

// Sweeps DA3D with AutoML: by a pipeline and a metric of AutoML's, then by a runner of our own, with labels and without.
var context = new MLContext(seed: 1);
DetectorDescriptor method = DetectorRegistry.Get("DA3D");
SearchSpace space = Spaces.Of(method);
IDataView rows = Rows(count: 600, seed: 1), validation = Rows(count: 300, seed: 2);

var trainer = new SweepableEstimator((made, parameter) => made.AnomalyDetection.Trainers.Detector(Spaces.Options(method, parameter, seed: 1), labelColumnName: "Label"), space);
TrialResult byPipeline = context.Auto().CreateExperiment()
    .SetPipeline(context.Transforms.NormalizeMinMax("Features").Append(trainer))
    .SetDataset(rows, validation)
    .SetBinaryClassificationMetric(BinaryClassificationMetric.AreaUnderRocCurve, "Label")
    .SetMaxModelToExplore(4)
    .Run();
Console.WriteLine($"By a pipeline: ROC-AUC {byPipeline.Metric:F4} on validation rows.");

foreach (string? label in new[] { "Label", null })
{
    // The cost-frugal tuner for pipelines wants a pipeline: this one does without.
    TrialResult best = context.Auto().CreateExperiment()
        .AddSearchSpace("detector", space)
        .SetTrialRunner(new DetectorTrialRunner(context, method, rows, label))
        .SetRandomSearchTuner()
        .SetMaxModelToExplore(4)
        .Run();
    Console.WriteLine($"By an own runner, {(label is null ? "without labels: separation" : "with labels: ROC-AUC")} {best.Metric:F4}.");
}

// Points near a curve, one in ten of them away from it.
IDataView Rows(int count, int seed)
{
    var random = new Random(seed);
    return context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
    {
        bool wrong = random.Next(10) == 0;
        float t = random.NextSingle();
        return new Point { Features = [t, wrong ? random.NextSingle() : t * t, 1 - t], Label = wrong };
    }).ToArray());
}

internal sealed class Point
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }
}
