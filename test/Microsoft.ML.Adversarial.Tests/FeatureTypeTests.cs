using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Features of a class that do not fit: each message gives the line that mends it, and the line does.</summary>
public class FeatureTypeTests
{
    private static readonly MLContext _mlContext = new(1);

    private static readonly float[][] _rows = Simulated.Rows(20);

    private sealed class Doubles
    {
        [VectorType(Simulated.Columns)]
        public double[] Features { get; set; } = [];
    }

    private sealed class Scalar
    {
        public float Features { get; set; }
    }

    private sealed class Named
    {
        public string Features { get; set; } = "";
    }

    private sealed class Unsized
    {
        public float[] Features { get; set; } = [];
    }

    private static Da3dTrainer Trainer => _mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions());

    private static string Refusal(IDataView data)
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Fit(data)).Message;
        // A chain checks promised schemas first, whose types tell no size.
        var chain = _mlContext.Transforms.CopyColumns("Copy", "Features").Append(Trainer);
        string promised = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(data)).Message;
        Assert.Equal(message.Replace($", {Simulated.Columns}>", ">", StringComparison.Ordinal), promised);
        return message;
    }

    [Fact]
    public void DoublesAreToBeConverted()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows.Select(row => new Doubles { Features = Array.ConvertAll(row, value => (double)value) }));
        Assert.Equal(
            "Schema mismatch for feature column 'Features': expected Vector<Single>, got Vector<Double, 4>; " +
            "convert it first: mlContext.Transforms.Conversion.ConvertType(\"Features\", outputKind: DataKind.Single) (Parameter 'inputSchema')",
            Refusal(data));
        ITransformer model = _mlContext.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Single).Append(Trainer).Fit(data);
        Assert.Equal(20, Simulated.Scores(model.Transform(data)).Length);

        // The same where rows are scored.
        string scoring = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Fit(Simulated.Table(_rows)).Transform(data)).Message;
        Assert.Contains("expected Vector<Single, 4>, got Vector<Double, 4>; convert it first: ", scoring, StringComparison.Ordinal);
    }

    [Fact]
    public void AScalarIsToBeConcatenated()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows.Select(row => new Scalar { Features = row[0] }));
        Assert.Contains("got Single; make a vector of it, or of several columns, first: mlContext.Transforms.Concatenate(\"Features\", \"Features\")",
            Refusal(data), StringComparison.Ordinal);
        Assert.Equal(20, Simulated.Scores(_mlContext.Transforms.Concatenate("Features", "Features").Append(Trainer).Fit(data).Transform(data)).Length);
    }

    [Fact]
    public void TextIsToBeEncoded()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(_rows.Select((_, r) => new Named { Features = $"protocol {r % 3}" }));
        Assert.Contains("mlContext.Transforms.Categorical.OneHotEncoding(\"Features\")", Refusal(data), StringComparison.Ordinal);
        Assert.Equal(20, Simulated.Scores(_mlContext.Transforms.Categorical.OneHotEncoding("Features").Append(Trainer).Fit(data).Transform(data)).Length);

        IDataView keys = _mlContext.Transforms.Conversion.MapValueToKey("Features").Fit(data).Transform(data);
        Assert.Contains("turn keys into numbers first: mlContext.Transforms.Conversion.MapKeyToVector(\"Features\")",
            Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Fit(keys)).Message, StringComparison.Ordinal);
        Assert.Equal(20, Simulated.Scores(_mlContext.Transforms.Conversion.MapKeyToVector("Features").Append(Trainer).Fit(keys).Transform(keys)).Length);
    }

    [Fact]
    public void AnUnknownSizeIsToBeSaid()
    {
        IEnumerable<Unsized> rows = _rows.Select(row => new Unsized { Features = row });
        string message = Refusal(_mlContext.Data.LoadFromEnumerable(rows));
        Assert.Contains("got VarVector<Single>; its size must be known: put [VectorType(n)]", message, StringComparison.Ordinal);
        Assert.Contains("schemaDefinition[\"Features\"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, n)", message, StringComparison.Ordinal);
        SchemaDefinition schemaDefinition = SchemaDefinition.Create(typeof(Unsized));
        schemaDefinition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Simulated.Columns);
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows, schemaDefinition);
        Assert.Equal(20, Simulated.Scores(Trainer.Fit(data).Transform(data)).Length);
    }
}
