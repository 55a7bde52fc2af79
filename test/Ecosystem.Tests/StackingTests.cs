using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Ecosystem.Tests;

/// <summary>Scores of detectors as features of other trainers, and of each other's neighbours.</summary>
public class StackingTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    private IDataView Machines(int seed) => _mlContext.Data.LoadFromEnumerable(Machine.Draw(400, seed, faultyEvery: 5));

    /// <summary>The detector's score as the only feature of a classifier.</summary>
    private EstimatorChain<ColumnConcatenatingTransformer> ScoreAsFeature() => Pipelines.OfReadings(_mlContext, label: "Label")
        .Append(_mlContext.Transforms.Concatenate("Features", "Score"));

    // A single-feature classifier ranks as well as its feature does, whose own AUC is above 0.9.
    private void AssertClassifies(IEstimator<ITransformer> pipeline)
    {
        ITransformer model = pipeline.Fit(Machines(seed: 1));
        IDataView scored = model.Transform(Machines(seed: 2));
        BinaryClassificationMetrics metrics = _mlContext.BinaryClassification.EvaluateNonCalibrated(scored);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.9, 1);
        Assert.InRange(metrics.Accuracy, 0.9, 1);

        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, Machines(seed: 1).Schema, stream);
        Assert.Equal(Pipelines.Scores(scored), Pipelines.Scores(_mlContext.Model.Load(stream, out _).Transform(Machines(seed: 2))));
    }

    [Fact]
    public void FastTreeLearnsFromTheScore() =>
        AssertClassifies(ScoreAsFeature().Append(_mlContext.BinaryClassification.Trainers.FastTree(
            new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, NumberOfLeaves = 4, NumberOfThreads = 1 })));

    [Fact]
    public void LightGbmLearnsFromTheScore()
    {
        IEstimator<ITransformer> trainer = _mlContext.BinaryClassification.Trainers.LightGbm(
            new LightGbmBinaryTrainer.Options { NumberOfIterations = 10, NumberOfLeaves = 4, NumberOfThreads = 1 });
        NativeLibraries.SkipIfMissing(() => AssertClassifies(ScoreAsFeature().Append(trainer)), "LightGBM");
    }

    [Fact]
    public void TwoDetectorsInOneChainKeepTheirScores()
    {
        IDataView training = _mlContext.Data.LoadFromEnumerable(Machine.Draw(400, seed: 1));
        IDataView test = Machines(seed: 2);
        EstimatorChain<AnomalyDetectorTransformer> first = _mlContext.Transforms.Concatenate("Both", nameof(Machine.Load), nameof(Machine.Temperature))
            .Append(Pipelines.Alad(_mlContext, "Both"));
        IEstimator<ITransformer> second = _mlContext.Transforms.Concatenate("Others", nameof(Machine.Humidity), nameof(Machine.Vibration))
            .Append(Pipelines.Da3d(_mlContext, "Others"));
        ITransformer model = first.Append(_mlContext.Transforms.CopyColumns("HeatScore", "Score"))
            .Append(_mlContext.Transforms.CopyColumns("Hot", "PredictedLabel")).Append(second).Fit(training);
        IDataView scored = model.Transform(test);

        TransformerChain<AnomalyDetectorTransformer> firstModel = first.Fit(training);
        float[] alone = Pipelines.Scores(firstModel.Transform(test));
        Assert.Equal(alone, scored.GetColumn<float>("HeatScore"));
        Assert.Equal(Pipelines.Scores(second.Fit(training).Transform(test)), Pipelines.Scores(scored));
        Assert.NotEqual(alone, Pipelines.Scores(scored));
        Assert.Equal(alone.Select(score => score > firstModel.LastTransformer.Threshold), scored.GetColumn<bool>("Hot"));
    }
}
