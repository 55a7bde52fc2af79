using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Rows that cannot be scored.</summary>
public class ScoringErrorTests
{
    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(Simulated.Table(_rows));

    public static TheoryData<string, string> WrongColumns => new()
    {
        { "missing", "Could not find feature column 'Features'; there are 'Other' (Parameter 'inputSchema')" },
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

    [Fact]
    public void NullIsRefused()
    {
        Assert.Equal("input", Assert.Throws<ArgumentNullException>(() => _model.Transform(null!)).ParamName);
        Assert.Throws<ArgumentNullException>(() => _model.GetOutputSchema(null!));
    }
}
