using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Equal seeds, equal models; options belong to the caller.</summary>
public class SeedTests
{
    private static readonly TableView _data = Simulated.Table(Simulated.Rows(80));

    private static byte[] Train(int? contextSeed, int? seed) => Simulated.Bytes(Simulated.Fit(_data, options => options.Seed = seed, new MLContext(contextSeed)));

    [Fact]
    public void TheContextGivesTheSeed()
    {
        Assert.Equal(Train(5, null), Train(5, null));
        Assert.NotEqual(Train(5, null), Train(6, null));
        Assert.NotEqual(Train(null, null), Train(null, null));
    }

    [Fact]
    public void AGivenSeedWins()
    {
        Assert.Equal(Train(5, 8), Train(6, 8));
        Assert.Equal(Train(null, 0), Train(null, 0));
        Assert.NotEqual(Train(5, 8), Train(5, 9));
    }

    [Fact]
    public void TwoTrainersOfOneContextDiffer()
    {
        var mlContext = new MLContext(5);
        Da3dTrainer.Options options = Simulated.FastOptions(seed: null);
        Da3dTrainer first = mlContext.AnomalyDetection.Trainers.Da3d(options);
        Da3dTrainer second = mlContext.AnomalyDetection.Trainers.Da3d(options);
        Assert.NotEqual(Simulated.Bytes(first.Fit(_data)), Simulated.Bytes(second.Fit(_data)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public void TwoFitsOfOneEstimatorAreEqual(int? seed)
    {
        Da3dTrainer trainer = new MLContext(5).AnomalyDetection.Trainers.Da3d(Simulated.FastOptions(seed));
        Assert.Equal(Simulated.Bytes(trainer.Fit(_data)), Simulated.Bytes(trainer.Fit(_data)));
    }

    [Fact]
    public void ThreadsDoNotMatter()
    {
        float[] Scores(int threads) => Simulated.Scores(Simulated.Fit(_data, options => options.NumberOfThreads = threads), Simulated.Rows(50, seed: 2));
        Assert.Equal(Scores(1), Scores(2));
    }

    [Fact]
    public void OptionsAreNotChangedAndChangesComeTooLate()
    {
        Da3dTrainer.Options options = Simulated.FastOptions(seed: null);
        options.Progress = new Listener<TrainingProgress>(_ => { });
        Dictionary<string, object?> before = Values(options);
        Da3dTrainer trainer = new MLContext(5).AnomalyDetection.Trainers.Da3d(options);
        byte[] model = Simulated.Bytes(trainer.Fit(_data));
        Assert.Equal(before, Values(options));

        options.LearningRate = 0.5f;
        options.FeatureColumnName = "Other";
        options.AlarmLayerSizes = [3];
        Assert.Equal(model, Simulated.Bytes(trainer.Fit(_data)));
    }

    private static Dictionary<string, object?> Values(object options) =>
        options.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(options));
}
