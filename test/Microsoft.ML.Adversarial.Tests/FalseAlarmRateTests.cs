using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A column that says how rare a score is among normal rows.</summary>
public class FalseAlarmRateTests
{
    private const string Name = "FalseAlarmRate";

    private static readonly MLContext _mlContext = new(1);
    private static readonly float[][] _rows = Simulated.Rows(120);
    private static readonly TableView _table = Simulated.Table(_rows);
    private static readonly AnomalyDetectorTransformer _plain = Simulated.Fit(_table, options => options.FalseAlarmRate = 0.1);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(_table, options =>
    {
        options.FalseAlarmRate = 0.1;
        options.FalseAlarmRateColumnName = Name;
    });

    private sealed class FeatureRow
    {
        [VectorType(Simulated.Columns)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Verdict
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float FalseAlarmRate { get; set; }
    }

    private static float[] Rates(IDataView scored, string name = Name) => [.. scored.GetColumn<float>(name)];

    [Fact]
    public void TheColumnHoldsTheRateOfEachScoreAndFlaggedRowsAreThoseOfTheAskedRate()
    {
        IDataView scored = _model.Transform(_table);
        float[] rates = Rates(scored);
        Assert.Equal(Simulated.Scores(scored).Select(_model.Model.FalseAlarmRateOf), rates);
        Assert.All(rates, rate => Assert.InRange(rate, 0f, 1f));
        Assert.True(rates.Distinct().Count() > 10);
        Assert.Equal(Simulated.Labels(scored), rates.Select(rate => rate <= 0.1f));
        // By itself, without the score.
        Assert.Equal(rates, Rates(_mlContext.Transforms.SelectColumns(Name).Fit(scored).Transform(scored)));
    }

    [Fact]
    public void TheSchemaIsPromisedAndAnOldColumnOfTheNameIsHidden()
    {
        TableView old = Simulated.Table(_rows, TableColumn.Of(Name, NumberDataViewType.Int32, new int[_rows.Length]));
        Assert.Equal(["Features", "PredictedLabel", "Score", Name], _model.GetOutputSchema(_table.Schema).Select(column => column.Name));
        Assert.Equal(["Features", Name, Name, "PredictedLabel", "Score"], _model.GetOutputSchema(old.Schema).Select(column => column.Name));
        Assert.Equal(NumberDataViewType.Single, _model.Transform(old).Schema[Name].Type);
        Assert.Equal(Rates(_model.Transform(_table)), Rates(_model.Transform(old)));

        Da3dTrainer.Options options = Simulated.FastOptions();
        (options.CalibrationShare, options.FalseAlarmRateColumnName) = (0.2, Name);
        // The estimator behind it is asked at the chain's fit and finds the column.
        ITransformer chain = _mlContext.AnomalyDetection.Trainers.Da3d(options).Append(_mlContext.Transforms.CopyColumns("Copy", Name)).Fit(old);
        Assert.Equal(Rates(chain.Transform(old)), Rates(chain.Transform(old), "Copy"));
    }

    [Fact]
    public void APredictionEngineGivesItAndNoNumberForARowWithoutScore()
    {
        using PredictionEngine<FeatureRow, Verdict> engine = _mlContext.Model.CreatePredictionEngine<FeatureRow, Verdict>(_model);
        float[] rates = Rates(_model.Transform(_table));
        for (int r = 0; r < _rows.Length; r++)
            Assert.Equal(rates[r], engine.Predict(new FeatureRow { Features = _rows[r] }).FalseAlarmRate);
        Assert.True(float.IsNaN(engine.Predict(new FeatureRow { Features = [float.NaN, 0, 0, 0] }).FalseAlarmRate));
    }

    [Fact]
    public void ItComesAndGoesWithoutAFitAndStaysInTheFile()
    {
        AnomalyDetectorTransformer with = _mlContext.AnomalyDetection.ChangeFalseAlarmRateColumn(_plain, "Rate");
        Assert.Same(_plain.Model, with.Model);
        Assert.Same(with, _mlContext.AnomalyDetection.ChangeFalseAlarmRateColumn(with, "Rate"));
        Assert.Null(_mlContext.AnomalyDetection.ChangeFalseAlarmRateColumn(with, null).FalseAlarmRateColumnName);
        Assert.Equal("Rate", _mlContext.AnomalyDetection.ChangeModelThreshold(with, 7).FalseAlarmRateColumnName);
        Assert.Equal("Rate", _mlContext.AnomalyDetection.ChangeMissingValueHandling(with, MissingValueHandling.Throw).FalseAlarmRateColumnName);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(with, _table.Schema, stream);
        var loaded = Assert.IsType<AnomalyDetectorTransformer>(new MLContext().Model.Load(stream, out _));
        Assert.Equal(Rates(with.Transform(_table), "Rate"), Rates(loaded.Transform(_table), "Rate"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Score")]
    [InlineData("PredictedLabel")]
    [InlineData("Features")]
    public void ANameThatIsTakenIsRefused(string name)
    {
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => _mlContext.AnomalyDetection.ChangeFalseAlarmRateColumn(_plain, name)).Message);
        Assert.Equal("FalseAlarmRateColumnName", Assert.Throws<ArgumentException>(() => _mlContext.AnomalyDetection.Trainers.Da3d(
            new Da3dTrainer.Options { CalibrationShare = 0.2, FalseAlarmRateColumnName = name })).ParamName);
    }

    [Fact]
    public void WithoutHeldOutRowsItIsRefusedWithTheWayOut()
    {
        Assert.Contains("CalibrationShare", Assert.Throws<ArgumentException>(
            () => _mlContext.AnomalyDetection.Trainers.Da3d(new Da3dTrainer.Options { FalseAlarmRateColumnName = Name })).Message);
        AnomalyDetectorTransformer none = Simulated.Fit(_table, options => options.CalibrationShare = 0);
        Assert.Contains("CalibrationShare", Assert.Throws<InvalidOperationException>(() => _mlContext.AnomalyDetection.ChangeFalseAlarmRateColumn(none)).Message);
    }
}
