using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>ML.NET's encoders and projections before a detector.</summary>
public class EncodingTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly Machine[] _test = Machine.Draw(200, seed: 2, faultyEvery: 5);

    // Fits on machines without faults, scores some with faults, and holds the loaded model to the same bits.
    private float[] Score(IEstimator<ITransformer> encoding, int columns, AnomalyDetectorTrainer trainer)
    {
        IDataView training = _mlContext.Data.LoadFromEnumerable(Machine.Draw(400, seed: 1));
        IDataView test = _mlContext.Data.LoadFromEnumerable(_test);
        ITransformer model = encoding.Append(trainer).Fit(training);
        IDataView scored = model.Transform(test);
        Assert.Equal(columns, ((VectorDataViewType)scored.Schema["Features"].Type).Size);

        float[] scores = Pipelines.Scores(scored);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, training.Schema, stream);
        Assert.Equal(scores, Pipelines.Scores(new MLContext().Model.Load(stream, out _).Transform(test)));
        return scores;
    }

    private double RocAuc(float[] scores) =>
        Adversarial.Detectors.AnomalyMetrics.Evaluate(scores, [.. _test.Select(machine => machine.Label)]).RocAuc;

    [Fact]
    public void OneHotHashedSitesAreScored()
    {
        IEstimator<ITransformer> encoding = _mlContext.Transforms.Categorical.OneHotHashEncoding("Site", numberOfBits: 4)
            .Append(_mlContext.Transforms.Concatenate("Features", ["Site", .. Pipelines.Readings]));
        Assert.InRange(RocAuc(Score(encoding, columns: 16 + 4, Pipelines.Alad(_mlContext))), 0.8, 1);
    }

    [Fact]
    public void FeaturizedNotesTellFaults()
    {
        IEstimator<ITransformer> encoding = _mlContext.Transforms.Text.FeaturizeText("Features",
            new Microsoft.ML.Transforms.Text.TextFeaturizingEstimator.Options { CharFeatureExtractor = null }, nameof(Machine.Note));
        // Seven words and five pairs of neighbours. What training never met is no feature: a faulty machine's note has few of the others.
        Assert.InRange(RocAuc(Score(encoding, columns: 7 + 5, Pipelines.Da3d(_mlContext))), 0.9, 1);
    }

    [Fact]
    public void AProjectionToPrincipalComponentsIsScored()
    {
        IEstimator<ITransformer> encoding = _mlContext.Transforms.Concatenate("Raw", Pipelines.Readings)
            .Append(_mlContext.Transforms.ProjectToPrincipalComponents("Features", "Raw", rank: 3, seed: 1));
        Assert.InRange(RocAuc(Score(encoding, columns: 3, Pipelines.Alad(_mlContext))), 0.99, 1);
    }
}
