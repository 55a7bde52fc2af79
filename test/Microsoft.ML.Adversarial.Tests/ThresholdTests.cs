namespace Microsoft.ML.Adversarial.Tests;

/// <summary>The threshold: chosen by the fit, changed without one, kept by the file.</summary>
public class ThresholdTests
{
    private static readonly float[][] _rows = Simulated.Rows(200);

    private static double FlaggedShare(ITransformer model) => Simulated.Labels(model.Transform(Simulated.Table(_rows))).Average(flagged => flagged ? 1.0 : 0.0);

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void ContaminationIsTheShareOfFlaggedTrainingRows(double contamination)
    {
        AnomalyDetectorTransformer model = Simulated.Fit(Simulated.Table(_rows), options => (options.Contamination, options.CalibrationShare) = (contamination, 0));
        Assert.Equal(contamination, FlaggedShare(model), 1.0 / _rows.Length);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void AQuantileGoesBeforeContamination(double quantile)
    {
        AnomalyDetectorTransformer model = Simulated.Fit(Simulated.Table(_rows), options => (options.ThresholdQuantile, options.CalibrationShare) = (quantile, 0));
        Assert.Equal(1 - quantile, FlaggedShare(model), 1.0 / _rows.Length);
    }

    [Fact]
    public void WithoutAnOptionAFifthIsHeldOutAndTellsTheThreshold()
    {
        AnomalyDetectorTransformer model = Simulated.Fit(Simulated.Table(_rows));
        float[] heldOut = model.Model.CalibrationScores.ToArray();
        Assert.Equal(_rows.Length / 5, heldOut.Length);
        Assert.Equal(0.05 * heldOut.Length, heldOut.Count(score => score > model.Threshold));
    }

    [Fact]
    public void ItChangesWithoutAFitAndStaysInTheFile()
    {
        var mlContext = new MLContext(1);
        TableView data = Simulated.Table(_rows);
        AnomalyDetectorTransformer model = Simulated.Fit(data, context: mlContext);
        float[] scores = Simulated.Scores(model.Transform(data));
        long read = data.RowsRead;
        float threshold = scores.Order().ElementAt(99);
        AnomalyDetectorTransformer changed = mlContext.AnomalyDetection.ChangeModelThreshold(model, threshold);
        Assert.Equal(read, data.RowsRead);

        Assert.Equal((threshold, model.Model), (changed.Threshold, changed.Model));
        Assert.NotEqual(threshold, model.Threshold);
        Assert.Same(model, mlContext.AnomalyDetection.ChangeModelThreshold(model, model.Threshold));
        Assert.Equal(scores, Simulated.Scores(changed.Transform(data)));
        Assert.Equal([.. scores.Select(score => score > threshold)], Simulated.Labels(changed.Transform(data)));

        using var folder = new TemporaryFolder();
        mlContext.Model.Save(changed, data.Schema, folder.File("model.zip"));
        var loaded = Assert.IsType<AnomalyDetectorTransformer>(new MLContext().Model.Load(folder.File("model.zip"), out _));
        Assert.Equal(threshold, loaded.Threshold);
        Assert.Equal(Simulated.Labels(changed.Transform(data)), Simulated.Labels(loaded.Transform(data)));
    }

    [Fact]
    public void TheLastTransformerOfALoadedChainTakesAThreshold()
    {
        var mlContext = new MLContext(1);
        TableView data = Simulated.Table(_rows);
        ITransformer chain = mlContext.Transforms.NormalizeMinMax("Features").Append(mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions())).Fit(data);
        using var folder = new TemporaryFolder();
        mlContext.Model.Save(chain, data.Schema, folder.File("model.zip"));
        var loaded = (Data.TransformerChain<ITransformer>)mlContext.Model.Load(folder.File("model.zip"), out _);
        AnomalyDetectorTransformer never = mlContext.AnomalyDetection.ChangeModelThreshold((AnomalyDetectorTransformer)loaded.LastTransformer, float.PositiveInfinity);
        Assert.DoesNotContain(true, Simulated.Labels(never.Transform(data)));
    }

    [Fact]
    public void NotANumberIsRefused()
    {
        var mlContext = new MLContext(1);
        AnomalyDetectorTransformer model = Simulated.Fit(Simulated.Table(_rows));
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.AnomalyDetection.ChangeModelThreshold(model, float.NaN)).ParamName);
        Assert.Throws<ArgumentNullException>(() => mlContext.AnomalyDetection.ChangeModelThreshold((AnomalyDetectorTransformer)null!, 1));
    }
}
