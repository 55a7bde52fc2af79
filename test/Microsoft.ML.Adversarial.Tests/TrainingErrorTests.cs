using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>What is wrong with the training data or an option is said before training, by name, with a remedy.</summary>
public class TrainingErrorTests
{
    private static readonly float[][] _rows = Simulated.Rows(20);

    public static TheoryData<string, string> WrongColumns => new()
    {
        { "missing", "Could not find feature column 'Features'; there are 'Other'" },
        { "Single", Mismatch("Single", "make a vector of it, or of several columns, first: mlContext.Transforms.Concatenate(\"Features\", \"Features\")") },
        {
            "Int32",
            Mismatch("Int32", "convert it first: mlContext.Transforms.Conversion.ConvertType(\"Features\", outputKind: DataKind.Single)" +
                ".Append(mlContext.Transforms.Concatenate(\"Features\", \"Features\"))")
        },
        {
            "String",
            Mismatch("String", "turn text into numbers first: mlContext.Transforms.Categorical.OneHotEncoding(\"Features\") " +
                "or mlContext.Transforms.Text.FeaturizeText(\"Features\")")
        },
        {
            "variable",
            Mismatch("VarVector<Single>", "its size must be known: put [VectorType(n)] on the member that it is read from, " +
                "or set schemaDefinition[\"Features\"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, n)")
        },
        {
            "bytes",
            Mismatch("VarVector<Byte>", "bytes of image files (LoadRawImageBytes) are no pixels: mlContext.Transforms.LoadImages, ResizeImages and ExtractPixels give these; " +
                "of other bytes the number must be known: put [VectorType(n)] on the member that they are read from, and convert them by mlContext.Transforms.Conversion.ConvertType")
        },
        { "DateTime", Mismatch("DateTime", null) },
    };

    private static string Mismatch(string got, string? remedy) =>
        $"Schema mismatch for feature column 'Features': expected Vector<Single>, got {got}{(remedy is null ? "" : $"; {remedy}")} (Parameter 'inputSchema')";

    private static TableView Wrong(string kind) => new(20, kind switch
    {
        "missing" => TableColumn.Vectors("Other", _rows),
        "Single" => TableColumn.Of("Features", NumberDataViewType.Single, new float[20]),
        "Int32" => TableColumn.Of("Features", NumberDataViewType.Int32, new int[20]),
        "String" => TableColumn.Of("Features", TextDataViewType.Instance, new ReadOnlyMemory<char>[20]),
        "DateTime" => TableColumn.Of("Features", DateTimeDataViewType.Instance, new DateTime[20]),
        "bytes" => TableColumn.Computed("Features", new VectorDataViewType(NumberDataViewType.Byte), (long _, ref VBuffer<byte> value) => value = new VBuffer<byte>(2, [137, 80])),
        _ => TableColumn.Computed("Features", TableColumn.VectorOf(0), (long row, ref VBuffer<float> value) => value = new VBuffer<float>(2, [0, row])),
    });

    [Theory]
    [MemberData(nameof(WrongColumns))]
    public void WrongFeatureColumnsAreNamedInMLNetsWords(string kind, string expected)
    {
        TableView data = Wrong(kind);
        var mlContext = new MLContext(1);
        Da3dTrainer trainer = mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions());
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data)).Message);
        var chain = mlContext.Transforms.CopyColumns("Copy", data.Schema[0].Name).Append(trainer);
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(data)).Message);
        Assert.Equal(0, data.RowsRead);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void ABadValueIsNamedByRowAndSlotWithARemedy(float bad, string shown)
    {
        float[][] rows = [.. _rows.Select(row => row.ToArray())];
        rows[5][2] = bad;
        string message = Assert.Throws<InvalidOperationException>(() => Simulated.Fit(Simulated.Table(rows))).Message;
        Assert.StartsWith($"Row 5 of column 'Features' holds {shown} in slot 2.", message, StringComparison.Ordinal);
        Assert.Contains("ReplaceMissingValues", message);
    }

    [Fact]
    public void ABadValueIsNamedBySlotNameWhereThereIsOne()
    {
        float[] second = new float[20];
        second[3] = float.NaN;
        var mlContext = new MLContext(1);
        var data = new TableView(20, TableColumn.Of("Duration", NumberDataViewType.Single, new float[20]), TableColumn.Of("Bytes", NumberDataViewType.Single, second));
        var chain = mlContext.Transforms.Concatenate("Features", "Duration", "Bytes").Append(mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions()));
        Assert.StartsWith("Row 3 of column 'Features' holds NaN in slot 1 ('Bytes').", Assert.Throws<InvalidOperationException>(() => chain.Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABadValueInARowThatIsLeftOutDoesNoHarm()
    {
        float[][] rows = [.. _rows.Select(row => row.ToArray())];
        rows[5][2] = float.NaN;
        TableView data = Simulated.Table(rows, TableColumn.Of("Bad", BooleanDataViewType.Instance, [.. rows.Select((_, r) => r == 5)]));
        Assert.True(float.IsFinite(Simulated.Fit(data, options => options.LabelColumnName = "Bad").Threshold));
    }

    [Theory]
    [InlineData(0, "Empty training data: the input has no rows.")]
    [InlineData(1, "The input has one row; a detector needs at least 2.")]
    public void TooFewRowsAreCounted(int rows, string expected)
    {
        var data = new TableView(rows, TableColumn.Vectors("Features", _rows));
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => Simulated.Fit(data)).Message);
    }

    [Fact]
    public void TwoRowsAreEnough() => Assert.Equal(2, Simulated.Scores(Simulated.Fit(Simulated.Table(_rows[..2])), _rows[..2]).Length);

    [Fact]
    public void AConstantColumnTrainsSoundly()
    {
        float[][] rows = [.. Simulated.Rows(60).Select(row => (float[])[7, .. row])];
        Assert.All(Simulated.Scores(Simulated.Fit(Simulated.Table(rows)), rows), score => Assert.True(float.IsFinite(score)));

        var mlContext = new MLContext(1);
        TransformerChain<AnomalyDetectorTransformer> normalised = mlContext.Transforms.NormalizeMinMax("Features")
            .Append(mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions())).Fit(Simulated.Table(rows));
        Assert.All(Simulated.Scores(normalised, rows), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void ABadOptionIsNamedWhenTheTrainerIsMade()
    {
        var trainers = new MLContext(1).AnomalyDetection.Trainers;
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Da3d(contamination: 0.7));
        Assert.Equal("Contamination", failure.ParamName);
        Assert.Contains("Option Contamination must be in [0, 0.5].", failure.Message);
        Assert.Equal("NumberOfEpochs", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Da3d(numberOfEpochs: 0)).ParamName);
        Assert.Equal("FeatureColumnName", Assert.Throws<ArgumentException>(() => trainers.Da3d("")).ParamName);
        Assert.Throws<ArgumentNullException>(() => trainers.Da3d((Da3dTrainer.Options)null!));
    }

    [Fact]
    public void NullDataIsRefused() =>
        Assert.Equal("input", Assert.Throws<ArgumentNullException>(() => new MLContext(1).AnomalyDetection.Trainers.Da3d().Fit(null!)).ParamName);
}
