using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A label column of any kind keeps rows that are not normal out of the training.</summary>
public class LabelTests
{
    private const int RowCount = 90;

    public static TheoryData<string> Kinds => ["Boolean", "Single", "Double", "Int32", "Int64", "Key<UInt32>", "Key<Byte>", "Byte", "missing Single", "missing key"];

    private static bool IsAnomalous(int row) => row % 5 == 2;

    private static TableColumn Label(string kind)
    {
        TableColumn Of<T>(DataViewType type, T normal, T anomalous) =>
            TableColumn.Of("Bad", type, [.. Enumerable.Range(0, RowCount).Select(r => IsAnomalous(r) ? anomalous : normal)]);
        return kind switch
        {
            "Boolean" => Of(BooleanDataViewType.Instance, false, true),
            "Single" => Of(NumberDataViewType.Single, 0f, 1f),
            "Double" => Of(NumberDataViewType.Double, 0.0, 1.0),
            "Int32" => Of(NumberDataViewType.Int32, 0, 1),
            "Int64" => Of(NumberDataViewType.Int64, 0L, 3L),
            "Byte" => Of(NumberDataViewType.Byte, (byte)0, (byte)1),
            "Key<UInt32>" => Of(new KeyDataViewType(typeof(uint), 2), 1u, 2u),
            "Key<Byte>" => Of(new KeyDataViewType(typeof(byte), 3), (byte)1, (byte)3),
            "missing Single" => Of(NumberDataViewType.Single, 0f, float.NaN),
            "missing key" => Of(new KeyDataViewType(typeof(uint), 2), 1u, 0u),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OnlyNormalRowsAreTrainedOn(string kind)
    {
        float[][] rows = Simulated.Rows(RowCount, anomalous: IsAnomalous);
        AnomalyDetectorTransformer labelled = Simulated.Fit(Simulated.Table(rows, Label(kind)), options => options.LabelColumnName = "Bad");
        AnomalyDetectorTransformer filtered = Simulated.Fit(Simulated.Table([.. rows.Where((_, r) => !IsAnomalous(r))]));
        Assert.Equal(Simulated.Bytes(filtered), Simulated.Bytes(labelled));
        Assert.NotEqual(Simulated.Bytes(Simulated.Fit(Simulated.Table(rows))), Simulated.Bytes(labelled));
    }

    [Fact]
    public void NoLabelColumnIsNeededToScore()
    {
        float[][] rows = Simulated.Rows(RowCount, anomalous: IsAnomalous);
        AnomalyDetectorTransformer model = Simulated.Fit(Simulated.Table(rows, Label("Boolean")), options => options.LabelColumnName = "Bad");
        Assert.Equal(RowCount, Simulated.Scores(model, rows).Length);
    }

    [Fact]
    public void AnEmptyNameIsRefusedWhereItWouldTrainOnAnomalies()
    {
        TableView data = Simulated.Table(Simulated.Rows(40));
        Assert.StartsWith("Option LabelColumnName must be the name of a column, or null where there is no label.",
            Assert.Throws<ArgumentException>(() => Simulated.Fit(data, options => options.LabelColumnName = "")).Message);
        Assert.StartsWith("Option FeatureColumnName must be", Assert.Throws<ArgumentException>(() => Simulated.Fit(data, options => options.FeatureColumnName = null!)).Message);
    }

    [Theory]
    [InlineData("Date")]
    [InlineData("Vector")]
    public void OtherKindsAreRefusedByName(string kind)
    {
        TableColumn label = kind == "Date"
            ? TableColumn.Of("Bad", DateTimeDataViewType.Instance, new DateTime[20])
            : TableColumn.Vectors("Bad", Simulated.Rows(20));
        TableView data = Simulated.Table(Simulated.Rows(20), label);
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => Simulated.Fit(data, options => options.LabelColumnName = "Bad"));
        Assert.Equal($"Schema mismatch for label column 'Bad': expected Boolean, a number, a key or text, got {label.Type} (Parameter 'inputSchema')", failure.Message);
        Assert.Equal(0, data.RowsRead);
    }

    [Fact]
    public void AMissingLabelColumnIsNamed()
    {
        TableView data = Simulated.Table(Simulated.Rows(20));
        const string Expected = "Could not find label column 'Nope'; there are 'Features'";
        Assert.StartsWith(Expected, Assert.Throws<ArgumentOutOfRangeException>(() => Simulated.Fit(data, options => options.LabelColumnName = "Nope")).Message);

        var mlContext = new MLContext(1);
        Da3dTrainer.Options options = Simulated.FastOptions();
        options.LabelColumnName = "Nope";
        var chain = mlContext.Transforms.CopyColumns("Copy", "Features").Append(mlContext.AnomalyDetection.Trainers.Da3d(options));
        Assert.StartsWith(Expected, Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(data)).Message);
    }

    [Fact]
    public void AllRowsAnomalousSaysSoAndWhatCountsAsNormal()
    {
        TableView data = Simulated.Table(Simulated.Rows(20), TableColumn.Of("Bad", BooleanDataViewType.Instance, [.. Enumerable.Repeat(true, 20)]));
        var failure = Assert.Throws<InvalidOperationException>(() => Simulated.Fit(data, options => options.LabelColumnName = "Bad"));
        Assert.Equal(
            "Of 20 rows no row is labelled normal (false) in column 'Bad'; a detector needs at least 2. The column holds true (20 rows). " +
            "If another label is the normal one, set NormalLabel to it.",
            failure.Message);
    }
}
