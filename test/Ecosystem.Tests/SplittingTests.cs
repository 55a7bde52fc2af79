using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>ML.NET's splits with detectors.</summary>
public class SplittingTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _machines;

    public SplittingTests() => _machines = _mlContext.Data.LoadFromEnumerable(Machine.Draw(600, seed: 1, faultyEvery: 5));

    [Fact]
    public void ATrainTestSplitTrainsOnItsNormalRows()
    {
        DataOperationsCatalog.TrainTestData split = _mlContext.Data.TrainTestSplit(_machines, testFraction: 0.3, seed: 1);
        TransformerChain<AnomalyDetectorTransformer> model = Pipelines.OfReadings(_mlContext, label: "Label").Fit(split.TrainSet);
        IDataView scored = model.Transform(split.TestSet);
        Assert.Equal(600, split.TrainSet.GetColumn<bool>("Label").Count() + Pipelines.Scores(scored).Length);
        Assert.InRange(Pipelines.RocAuc(scored), 0.9, 1);

        // The threshold flags the default share of the normal rows that were held out, and no more of all that were given.
        AnomalyDetectorTransformer detector = model.LastTransformer;
        float[] normal = [.. _mlContext.Data.CreateEnumerable<Machine>(split.TrainSet, reuseRowObject: false).Where(machine => !machine.Label)
            .Select(machine => detector.Model.CreateScorer().Score([machine.Load, machine.Temperature, machine.Humidity, machine.Vibration]))];
        float[] heldOut = detector.Model.CalibrationScores.ToArray();
        Assert.Equal(normal.Length / 5.0, heldOut.Length, 1.0);
        Assert.Equal(0.05, heldOut.Count(score => score > detector.Threshold) / (double)heldOut.Length, 1.0 / heldOut.Length);
        Assert.InRange(normal.Count(score => score > detector.Threshold) / (double)normal.Length, 0.001, 0.055);
    }

    // AnomalyDetection has no CrossValidate of its own; that of binary classification takes any estimator whose Score ranks.
    [Fact]
    public void BinaryClassificationCrossValidatesADetector()
    {
        IReadOnlyList<TrainCatalogBase.CrossValidationResult<BinaryClassificationMetrics>> folds =
            _mlContext.BinaryClassification.CrossValidateNonCalibrated(_machines, Pipelines.OfReadings(_mlContext, label: "Label"), numberOfFolds: 3, seed: 1);
        Assert.Equal(3, folds.Count);
        Assert.Equal(600, folds.Sum(fold => fold.ScoredHoldOutSet.GetColumn<bool>("Label").Count()));
        foreach (TrainCatalogBase.CrossValidationResult<BinaryClassificationMetrics> fold in folds)
        {
            Assert.InRange(fold.Metrics.AreaUnderRocCurve, 0.9, 1);
            Assert.Equal(Pipelines.RocAuc(fold.ScoredHoldOutSet), fold.Metrics.AreaUnderRocCurve, 1e-9);
            Assert.IsType<AnomalyDetectorTransformer>(((IEnumerable<ITransformer>)fold.Model).Last());
        }
    }

    [Fact]
    public void FoldsAndTheDetectorsOwnMetrics()
    {
        foreach (DataOperationsCatalog.TrainTestData fold in _mlContext.Data.CrossValidationSplit(_machines, numberOfFolds: 3, seed: 1))
        {
            TransformerChain<AnomalyDetectorTransformer> model = Pipelines.OfReadings(_mlContext, label: "Label").Fit(fold.TrainSet);
            IDataView scored = model.Transform(fold.TestSet);
            bool[] labels = [.. scored.GetColumn<bool>("Label")];
            AnomalyMetrics metrics = AnomalyMetrics.Evaluate(Pipelines.Scores(scored), labels, model.LastTransformer.Threshold);
            bool[] flagged = [.. scored.GetColumn<bool>("PredictedLabel")];
            Assert.Equal(labels.Zip(flagged).Count(pair => pair is { First: true, Second: true }) / (double)labels.Count(label => label), metrics.Recall, 1e-9);
            Assert.InRange(metrics.Recall, 0.8, 1);
        }
    }
}
