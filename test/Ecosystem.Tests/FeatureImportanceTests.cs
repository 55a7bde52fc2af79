using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>ML.NET's permutation feature importance finds the feature that faults show in, by each of its calls.</summary>
public class FeatureImportanceTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TransformerChain<AnomalyDetectorTransformer> _model;
    private readonly IDataView _scored;

    public FeatureImportanceTests()
    {
        _model = Pipelines.FitReadings(_mlContext);
        _scored = _model.Transform(_mlContext.Data.LoadFromEnumerable(Machine.Draw(300, seed: 2, faultyEvery: 5)));
    }

    // Shuffling one feature lowers the area under the ROC curve by what the scores owe to it.
    private static void AssertTemperatureFirst(IReadOnlyDictionary<string, BinaryClassificationMetricsStatistics> importance)
    {
        Assert.Equal(Pipelines.Readings.Order(), importance.Keys.Order());
        foreach ((string feature, BinaryClassificationMetricsStatistics statistics) in importance)
        {
            (double low, double high) = feature == nameof(Machine.Temperature) ? (-0.7, -0.3) : (-0.1, 0.1);
            Assert.InRange(statistics.AreaUnderRocCurve.Mean, low, high);
        }
    }

    [Fact]
    public void OfTheDetectorBySlot() => AssertTemperatureFirst(_mlContext.BinaryClassification
        .PermutationFeatureImportance(_model.LastTransformer, _scored, permutationCount: 3)
        .Select((statistics, slot) => (Pipelines.Readings[slot], statistics)).ToDictionary());

    [Fact]
    public void OfTheDetectorByName() => AssertTemperatureFirst(_mlContext.BinaryClassification
        .PermutationFeatureImportanceNonCalibrated(_model.LastTransformer, _scored, permutationCount: 3));

    [Fact]
    public void OfTheWholeModelByName() => AssertTemperatureFirst(_mlContext.BinaryClassification
        .PermutationFeatureImportanceNonCalibrated(_model, _scored, permutationCount: 3));

    [Fact]
    public void OfALoadedModelByName()
    {
        using var stream = new MemoryStream();
        _mlContext.Model.Save(_model, null, stream);
        AssertTemperatureFirst(_mlContext.BinaryClassification
            .PermutationFeatureImportanceNonCalibrated(_mlContext.Model.Load(stream, out _), _scored, permutationCount: 3));
    }
}
