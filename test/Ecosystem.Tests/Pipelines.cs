using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>Pipelines over <see cref="Machine"/> that train in a moment.</summary>
internal static class Pipelines
{
    /// <summary>Columns of numbers.</summary>
    public static string[] Readings { get; } = [nameof(Machine.Load), nameof(Machine.Temperature), nameof(Machine.Humidity), nameof(Machine.Vibration)];

    /// <summary>A trainer whose short training finds faulty machines.</summary>
    public static AladTrainer Alad(MLContext mlContext, string features = "Features", string? label = null) =>
        mlContext.AnomalyDetection.Trainers.Alad(new AladTrainer.Options
        {
            FeatureColumnName = features,
            LabelColumnName = label,
            Seed = 1,
            EnsembleSize = 1,
            MaximumNumberOfSteps = 300,
            NumberOfThreads = 1,
        });

    /// <summary>A trainer whose short training finds what lies between and beside groups of rows.</summary>
    public static Da3dTrainer Da3d(MLContext mlContext, string features = "Features") =>
        mlContext.AnomalyDetection.Trainers.Da3d(new Da3dTrainer.Options
        {
            FeatureColumnName = features,
            Seed = 1,
            EnsembleSize = 1,
            MaximumNumberOfSteps = 300,
            NumberOfThreads = 1,
        });

    /// <summary>The numbers, scored by a detector.</summary>
    public static EstimatorChain<AnomalyDetectorTransformer> OfReadings(MLContext mlContext, string? label = null) =>
        mlContext.Transforms.Concatenate("Features", Readings).Append(Alad(mlContext, label: label));

    /// <summary>The numbers, scored by a detector that saw machines without faults.</summary>
    public static TransformerChain<AnomalyDetectorTransformer> FitReadings(MLContext mlContext) =>
        OfReadings(mlContext).Fit(mlContext.Data.LoadFromEnumerable(Machine.Draw(400, seed: 1)));

    /// <summary>The scores of rows.</summary>
    public static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    /// <summary>Area under the ROC curve of the scores for the labels.</summary>
    public static double RocAuc(IDataView scored) => AnomalyMetrics.Evaluate(Scores(scored), [.. scored.GetColumn<bool>("Label")]).RocAuc;
}
