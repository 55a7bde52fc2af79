using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Rows that hold more or fewer values than their column's type promises, as ML.NET hands them over: refused, never filled up from the row before.</summary>
public class RowLengthTests
{
    private static readonly float[] _right = [0.5f, 0.5f, 0.5f, 0.5f];
    private static readonly MLContext _mlContext = new(1);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(Simulated.Table(Simulated.Rows(40)));

    private sealed class FeatureRow
    {
        [VectorType(Simulated.Columns)]
        public float[]? Features { get; set; }
    }

    private sealed class Verdict
    {
        public float Score { get; set; }
    }

    public static TheoryData<float[]?, string> OddRows => new()
    {
        { [.1f, .2f, .3f], "has 3 values where the column's type promises 4" },
        { [.1f, .2f, .3f, .4f, .5f], "has 5 values where the column's type promises 4" },
        { [], "has 0 values (the array is empty or null) where the column's type promises 4" },
        { null, "has 0 values (the array is empty or null) where the column's type promises 4" },
    };

    private static IDataView Rows(float[]? odd, int at = 1) =>
        _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(row => new FeatureRow { Features = row == at ? odd : _right }));

    [Theory]
    [MemberData(nameof(OddRows))]
    public void ACursorRefusesThem(float[]? odd, string expected) =>
        Assert.Contains($"Row 1 of column 'Features' {expected}",
            Assert.Throws<InvalidOperationException>(() => Simulated.Scores(_model.Transform(Rows(odd)))).Message);

    [Theory]
    [MemberData(nameof(OddRows))]
    public void ARowMapperRefusesThem(float[]? odd, string expected)
    {
        IDataView data = Rows(odd);
        IRowToRowMapper mapper = _model.GetRowToRowMapper(data.Schema);
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        DataViewSchema.Column label = mapper.OutputSchema["PredictedLabel"];
        ValueGetter<bool> getLabel = mapper.GetRow(cursor, [label]).GetGetter<bool>(label);
        bool anomaly = false;
        Assert.True(cursor.MoveNext());
        getLabel(ref anomaly);
        Assert.True(cursor.MoveNext());
        Assert.Contains($"Row 1 of column 'Features' {expected}", Assert.Throws<InvalidOperationException>(() => getLabel(ref anomaly)).Message);
    }

    [Theory]
    [MemberData(nameof(OddRows))]
    public void APredictionEngineRefusesThemAndGoesOn(float[]? odd, string expected)
    {
        using PredictionEngine<FeatureRow, Verdict> engine = _mlContext.Model.CreatePredictionEngine<FeatureRow, Verdict>(_model);
        float score = engine.Predict(new FeatureRow { Features = _right }).Score;
        Assert.Contains($"of column 'Features' {expected}",
            Assert.Throws<InvalidOperationException>(() => engine.Predict(new FeatureRow { Features = odd })).Message);
        Assert.Equal(score, engine.Predict(new FeatureRow { Features = _right }).Score);
    }

    [Fact]
    public void RowsBeforeAnOddOneAreScored()
    {
        IDataView scored = _model.Transform(Rows([1], at: 5));
        Assert.Equal(5, Simulated.Scores(_mlContext.Data.TakeRows(scored, 5)).Length);
        DataViewSchema.Column score = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([score]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        float value = 0;
        for (int row = 0; row < 5; row++)
        {
            Assert.True(cursor.MoveNext());
            getScore(ref value);
        }

        // It does not pass over the row, and no value is left of those before.
        Assert.Contains("Row 5 ", Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message);
        Assert.Contains("Row 5 ", Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message);
        Assert.Contains("no row", Assert.Throws<InvalidOperationException>(() => getScore(ref value)).Message);
    }
}
