using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Data;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>The trainer among other parts of a pipeline.</summary>
internal static class PipelineChecks
{
    private const int Folds = 3;

    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28e a cached view gives the same model and scores", CachedViews),
        new("28f dense and sparse vectors give the same model and scores", SparseVectors),
        new("28g transforms before and after it see its columns", TransformsAround),
        new("28h AnomalyDetection.Evaluate reads its columns", Evaluates),
        new("28i a split and cross-validation by hand train on their rows alone", Splits),
    ];

    private static void CachedViews(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        ITransformer model = subject.Create().Fit(mlContext.Data.Cache(subject.Training()));
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(model.Transform(SubjectData.Test())));
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(subject.Fitted.Transform(mlContext.Data.Cache(SubjectData.Test()))));
        ITransformer chain = mlContext.Transforms.CopyColumns("Copy", "Features").AppendCacheCheckpoint(mlContext).Append(subject.Create()).Fit(subject.Training());
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(mlContext.Data.Cache(chain.Transform(SubjectData.Test()))));
    }

    private static void SparseVectors(TrainerSubject subject)
    {
        ITransformer model = subject.Create().Fit(SubjectData.Table(subject.TrainingRows, subject.TrainingLabels, sparse: true));
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(model.Transform(SubjectData.Test())));
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(subject.Fitted.Transform(SubjectData.Table(SubjectData.TestRows, SubjectData.Anomalous, sparse: true))));
    }

    private static void TransformsAround(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        var preparation = mlContext.Transforms.Concatenate("Features", "Features", "Label").Append(mlContext.Transforms.NormalizeMinMax("Features"));
        IDataView training = subject.Training();
        IDataView test = SubjectData.Test();

        // Step by step and as one chain.
        ITransformer prepared = preparation.Fit(training);
        ITransformer alone = subject.Create().Fit(prepared.Transform(training));
        IReadOnlyList<string> expected = ScoreLine.ReadAll(alone.Transform(prepared.Transform(test)));
        IDataView scored = preparation.Append(subject.Create()).Append(mlContext.Transforms.CopyColumns("Copy", "Score")).Fit(training).Transform(test);
        Assert.Equal(expected, ScoreLine.ReadAll(scored));
        Assert.Equal(scored.GetColumn<float>("Score"), scored.GetColumn<float>("Copy"));
        Assert.Equal(["PredictedLabel", "Score", "Copy"], scored.Schema.Select(column => column.Name).TakeLast(3));

        // Behind a trainer of the same kind.
        IDataView twice = subject.Create().Append(subject.Create()).Fit(training).Transform(test);
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(twice));
    }

    private static void Evaluates(TrainerSubject subject)
    {
        IDataView scored = subject.Fitted.Transform(SubjectData.Test());
        float[] scores = [.. scored.GetColumn<float>("Score")];
        bool[] flagged = [.. scored.GetColumn<bool>("PredictedLabel")];
        AnomalyDetectionMetrics metrics = new MLContext(1).AnomalyDetection.Evaluate(scored);
        Assert.Equal(AnomalyMetrics.Evaluate(scores, SubjectData.Anomalous).RocAuc, metrics.AreaUnderRocCurve, 1e-9);
        Assert.Contains(true, flagged);
        Assert.Contains(false, flagged);
        float lowestFlagged = scores.Where((_, r) => flagged[r]).Min();
        float highestOther = scores.Where((_, r) => !flagged[r]).Max();
        Assert.True(lowestFlagged > highestOther, $"{lowestFlagged} is flagged, {highestOther} is not.");
    }

    private static void Splits(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        IDataView data = SubjectData.Test();
        IEstimator<ITransformer> trainer = subject.Create();
        var parts = mlContext.Data.CrossValidationSplit(data, Folds).Append(mlContext.Data.TrainTestSplit(data, testFraction: 0.3));
        var results = new List<IReadOnlyList<string>>();
        int rows = 0;
        foreach (DataOperationsCatalog.TrainTestData part in parts)
        {
            ITransformer model = trainer.Fit(part.TrainSet);
            results.Add(ScoreLine.ReadAll(model.Transform(data)));
            IReadOnlyList<string> own = ScoreLine.ReadAll(model.Transform(part.TestSet));
            rows += results.Count <= Folds ? own.Count : 0;
            Assert.Equal(part.TestSet.GetColumn<int>("Id").Select(id => results[^1][id]), own);

            float[][] copied = SubjectData.Vectors(part.TrainSet, "Features");
            ITransformer fromCopy = subject.Create().Fit(SubjectData.Table(copied, SubjectData.Labels(part.TrainSet)));
            Assert.Equal(ScoreLine.ReadAll(fromCopy.Transform(data)), results[^1]);
        }

        Assert.Equal(SubjectData.TestRows.Length, rows);
        Assert.Equal(Folds + 1, results.Select(lines => string.Join(' ', lines)).Distinct().Count());
    }
}
