using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Rows with NaN or infinity: no score, and the label that the model is told to give them.</summary>
public class MissingValueTests
{
    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly MLContext _mlContext = new(1);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(Simulated.Table(_rows));

    private sealed class FeatureRow
    {
        [VectorType(Simulated.Columns)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Verdict
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }

    public static TheoryData<float, MissingValueHandling> Judged => new MatrixTheoryData<float, MissingValueHandling>(
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity], [MissingValueHandling.NotAnomaly, MissingValueHandling.Anomaly]);

    private static AnomalyDetectorTransformer With(MissingValueHandling handling) => _mlContext.AnomalyDetection.ChangeMissingValueHandling(_model, handling);

    private static float[][] RowsWith(float bad)
    {
        float[][] rows = [.. _rows.Select(row => row.ToArray())];
        rows[3][1] = bad;
        return rows;
    }

    [Theory]
    [MemberData(nameof(Judged))]
    public void TheScoreIsNaNAndTheLabelAsTold(float bad, MissingValueHandling handling)
    {
        float[] expected = Simulated.Scores(_model, _rows);
        expected[3] = float.NaN;
        IDataView data = Simulated.Table(RowsWith(bad));
        // Thresholds that flag all other rows and none of them.
        foreach ((float threshold, bool others) in (IEnumerable<(float, bool)>)[(float.NegativeInfinity, true), (float.PositiveInfinity, false)])
        {
            IDataView scored = _mlContext.AnomalyDetection.ChangeModelThreshold(With(handling), threshold).Transform(data);
            Assert.Equal(expected, Simulated.Scores(scored));
            Assert.Equal([.. expected.Select((_, row) => row == 3 ? handling == MissingValueHandling.Anomaly : others)], Simulated.Labels(scored));
        }
    }

    [Theory]
    [MemberData(nameof(Judged))]
    public void APredictionEngineDoesTheSame(float bad, MissingValueHandling handling)
    {
        using PredictionEngine<FeatureRow, Verdict> engine = _mlContext.Model.CreatePredictionEngine<FeatureRow, Verdict>(With(handling));
        Verdict verdict = engine.Predict(new FeatureRow { Features = [bad, 0, 0, 0] });
        Assert.True(float.IsNaN(verdict.Score));
        Assert.Equal(handling == MissingValueHandling.Anomaly, verdict.PredictedLabel);
        Assert.Equal(Simulated.Scores(_model, _rows)[0], engine.Predict(new FeatureRow { Features = _rows[0] }).Score);
    }

    [Fact]
    public void ThrowNamesRowColumnSlotAndValue()
    {
        AnomalyDetectorTransformer strict = With(MissingValueHandling.Throw);
        const string Where = "Row 3 of column 'Features' holds -Infinity in slot 1. Replace missing values";
        float[][] rows = RowsWith(float.NegativeInfinity);
        Assert.Contains(Where, Assert.Throws<InvalidOperationException>(() => Simulated.Scores(strict, rows)).Message);
        Assert.Equal(Simulated.Scores(_model, _rows), Simulated.Scores(strict, _rows));

        IDataView named = _mlContext.Transforms.Concatenate("Features", "A", "B", "C", "D").Fit(Columns(rows)).Transform(Columns(rows));
        Assert.Contains("in slot 1 ('B')", Assert.Throws<InvalidOperationException>(() => Simulated.Scores(strict.Transform(named))).Message);

        using PredictionEngine<FeatureRow, Verdict> engine = _mlContext.Model.CreatePredictionEngine<FeatureRow, Verdict>(strict);
        Assert.Contains("column 'Features' holds -Infinity in slot 1",
            Assert.Throws<InvalidOperationException>(() => engine.Predict(new FeatureRow { Features = rows[3] })).Message);
    }

    private static TableView Columns(float[][] rows) => new(rows.Length,
        [.. Enumerable.Range(0, Simulated.Columns).Select(c => TableColumn.Of($"{(char)('A' + c)}", NumberDataViewType.Single, [.. rows.Select(row => row[c])]))]);

    [Fact]
    public void AnomalyIsTheDefault() => Assert.Equal(MissingValueHandling.Anomaly, _model.MissingValueHandling);

    [Theory]
    [InlineData(MissingValueHandling.NotAnomaly)]
    [InlineData(MissingValueHandling.Anomaly)]
    [InlineData(MissingValueHandling.Throw)]
    public void TheOptionIsTheModelsAndStaysInItsFile(MissingValueHandling handling)
    {
        TableView data = Simulated.Table(_rows);
        AnomalyDetectorTransformer model = Simulated.Fit(data, options => options.MissingValueHandling = handling);
        Assert.Equal(handling, model.MissingValueHandling);
        Assert.Equal(handling, _mlContext.AnomalyDetection.ChangeModelThreshold(model, 7).MissingValueHandling);
        Assert.Same(model, _mlContext.AnomalyDetection.ChangeMissingValueHandling(model, handling));
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        Assert.Equal(handling, Assert.IsType<AnomalyDetectorTransformer>(_mlContext.Model.Load(stream, out _)).MissingValueHandling);
    }

    [Fact]
    public void AnotherValueIsRefused()
    {
        const MissingValueHandling Unknown = (MissingValueHandling)3;
        string expected = "must be NotAnomaly, Anomaly, Throw";
        Assert.Contains(expected, Assert.Throws<ArgumentOutOfRangeException>(() => With(Unknown)).Message);
        ArgumentOutOfRangeException failure = Assert.Throws<ArgumentOutOfRangeException>(
            () => _mlContext.AnomalyDetection.Trainers.Da3d(new Da3dTrainer.Options { MissingValueHandling = Unknown }));
        Assert.Equal("MissingValueHandling", failure.ParamName);
        Assert.Contains(expected, failure.Message);
    }
}
