using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Rows that cannot be scored.</summary>
public class ScoringErrorTests
{
    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(Simulated.Table(_rows));

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Verdict
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }

    public static TheoryData<string, string> WrongColumns => new()
    {
        { "missing", "Could not find feature column 'Features' (Parameter 'inputSchema')" },
        { "shorter", "Schema mismatch for feature column 'Features': expected Vector<Single, 4>, got Vector<Single, 3> (Parameter 'inputSchema')" },
        { "longer", "Schema mismatch for feature column 'Features': expected Vector<Single, 4>, got Vector<Single, 5> (Parameter 'inputSchema')" },
        { "scalar", "Schema mismatch for feature column 'Features': expected Vector<Single, 4>, got Single; make a vector of it, or of several columns, first: mlContext.Transforms.Concatenate(\"Features\", \"Features\") (Parameter 'inputSchema')" },
        {
            "variable",
            "Schema mismatch for feature column 'Features': expected Vector<Single, 4>, got VarVector<Single>; its size must be known: " +
            "put [VectorType(n)] on the member that it is read from, " +
            "or set schemaDefinition[\"Features\"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, n) (Parameter 'inputSchema')"
        },
    };

    [Theory]
    [MemberData(nameof(WrongColumns))]
    public void WrongColumnsAreNamedBeforeAnyRow(string kind, string expected)
    {
        var data = new TableView(3, kind switch
        {
            "missing" => TableColumn.Vectors("Other", _rows),
            "shorter" => TableColumn.Vectors("Features", [.. _rows.Select(row => row[..3])]),
            "longer" => TableColumn.Vectors("Features", [.. _rows.Select(row => (float[])[.. row, 0])]),
            "scalar" => TableColumn.Of("Features", NumberDataViewType.Single, new float[3]),
            _ => TableColumn.Computed("Features", TableColumn.VectorOf(0), (long _, ref VBuffer<float> value) => value = new VBuffer<float>(4, new float[4])),
        });
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => _model.Transform(data)).Message);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => _model.GetOutputSchema(data.Schema)).Message);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => _model.GetRowToRowMapper(data.Schema)).Message);
        Assert.Empty(data.Requests);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void ABadValueScoresNaNAndIsNoAnomaly(float bad)
    {
        float[] expected = Simulated.Scores(_model, _rows);
        float[][] rows = [.. _rows.Select(row => row.ToArray())];
        rows[3][1] = bad;
        expected[3] = float.NaN;
        // With a threshold that flags all others.
        AnomalyDetectorTransformer strict = new MLContext(1).AnomalyDetection.ChangeModelThreshold(_model, float.NegativeInfinity);
        IDataView scored = strict.Transform(Simulated.Table(rows));
        Assert.Equal(expected, Simulated.Scores(scored));
        Assert.Equal([.. expected.Select(score => !float.IsNaN(score))], Simulated.Labels(scored));
    }

    [Fact]
    public void APredictionEngineDoesTheSame()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition["Features"].ColumnType = TableColumn.VectorOf(Simulated.Columns);
        using PredictionEngine<FeatureRow, Verdict> engine =
            new MLContext(1).Model.CreatePredictionEngine<FeatureRow, Verdict>(_model, inputSchemaDefinition: definition);
        float expected = Simulated.Scores(_model, _rows)[0];
        Verdict bad = engine.Predict(new FeatureRow { Features = [float.NaN, 0, 0, 0] });
        Assert.True(float.IsNaN(bad.Score) && !bad.PredictedLabel);
        Assert.Equal(expected, engine.Predict(new FeatureRow { Features = _rows[0] }).Score);
    }

    [Fact]
    public void NullIsRefused()
    {
        Assert.Equal("input", Assert.Throws<ArgumentNullException>(() => _model.Transform(null!)).ParamName);
        Assert.Throws<ArgumentNullException>(() => _model.GetOutputSchema(null!));
    }
}
