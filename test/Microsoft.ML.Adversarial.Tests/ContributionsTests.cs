using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A column that says what each feature adds to the score.</summary>
public class ContributionsTests
{
    private const string Name = "FeatureContributions";

    private static readonly MLContext _mlContext = new(1);
    private static readonly float[][] _rows = Simulated.Rows(120);
    private static readonly AnomalyDetectorTransformer _plain = Simulated.Fit(Simulated.Table(_rows));
    private static readonly AnomalyDetectorTransformer _model = _plain.WithContributions();

    private sealed class FeatureRow
    {
        [VectorType(Simulated.Columns)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Explained
    {
        public float Score { get; set; }

        public float[] FeatureContributions { get; set; } = [];
    }

    [Fact]
    public void TheColumnHoldsTheDetectorsExplanation()
    {
        IDataView scored = _model.Transform(Simulated.Table(_rows));
        float[][] all = [.. scored.GetColumn<float[]>(Name)];
        Assert.Equal(_rows.Select(row => _plain.Model.Explain(row)), all);
        // Beside the score, and after the blocks that are read ahead.
        IDataView both = _mlContext.Transforms.SelectColumns("Score", Name).Fit(scored).Transform(scored);
        Assert.Equal(Simulated.Scores(scored), Simulated.Scores(both));
        Assert.Equal(all, both.GetColumn<float[]>(Name));
    }

    [Fact]
    public void SlotsAreNamedAsTheFeaturesAre()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, Simulated.Columns),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(Simulated.Columns, [.. "abcd".Select(name => name.ToString().AsMemory())]));
        var named = new TableView(_rows.Length, TableColumn.Computed("Features", TableColumn.VectorOf(Simulated.Columns), annotations.ToAnnotations(),
            (long r, ref VBuffer<float> value) => value = new VBuffer<float>(Simulated.Columns, _rows[r])));
        VBuffer<ReadOnlyMemory<char>> names = default;
        _model.GetOutputSchema(named.Schema)[Name].GetSlotNames(ref names);
        Assert.Equal("abcd", string.Concat(names.DenseValues()));
        Assert.False(_model.GetOutputSchema(Simulated.Table(_rows).Schema)[Name].HasSlotNames());
    }

    [Fact]
    public void APredictionEngineGivesItAndNoNumbersForARowWithoutScore()
    {
        using PredictionEngine<FeatureRow, Explained> engine = _mlContext.Model.CreatePredictionEngine<FeatureRow, Explained>(_model);
        Assert.All(_rows.Take(20), row => Assert.Equal(_plain.Model.Explain(row), engine.Predict(new FeatureRow { Features = row }).FeatureContributions));
        float[] none = engine.Predict(new FeatureRow { Features = [float.NaN, 0, 0, 0] }).FeatureContributions;
        Assert.Equal(Simulated.Columns, none.Length);
        Assert.All(none, value => Assert.True(float.IsNaN(value)));
        Assert.Equal(_plain.Model.Explain(_rows[0]), engine.Predict(new FeatureRow { Features = _rows[0] }).FeatureContributions);
    }

    [Fact]
    public void ItComesAndGoesWithoutAFitAndStaysInTheFile()
    {
        TableView table = Simulated.Table(_rows);
        Assert.Same(_model, _model.WithContributions());
        Assert.Null(_model.WithContributions(null).FeatureContributionsColumnName);
        Assert.Equal(_model.Threshold + 1, _mlContext.AnomalyDetection.ChangeModelThreshold(_model, _model.Threshold + 1).Threshold);
        Assert.Equal(Name, _mlContext.AnomalyDetection.ChangeModelThreshold(_model, 5).FeatureContributionsColumnName);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(_model, table.Schema, stream);
        stream.Position = 0;
        Assert.Equal(_model.Transform(table).GetColumn<float[]>(Name), _mlContext.Model.Load(stream, out _).Transform(table).GetColumn<float[]>(Name));
        foreach (string name in (string[])["", "Score", "PredictedLabel", "Features"])
            Assert.Throws<ArgumentException>(() => _plain.WithContributions(name));
    }
}
