using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>The features that raise a score most, in words.</summary>
public class TopFeaturesTests
{
    private static readonly MLContext _mlContext = new(1);
    private static readonly Connection[] _usual = [.. Enumerable.Range(0, 300).Select(i => Usual(new Random(i)))];
    private static readonly IDataView _rows = _mlContext.Data.LoadFromEnumerable(_usual);

    private sealed class Connection
    {
        public string Service { get; set; } = "";

        public float Bytes { get; set; }

        public float Seconds { get; set; }
    }

    private sealed class Alert
    {
        public float Score { get; set; }

        public string TopFeatures { get; set; } = "";
    }

    private static Connection Usual(Random random)
    {
        bool web = random.Next(2) == 0;
        float seconds = random.NextSingle();
        return new Connection { Service = web ? "http" : "smtp", Bytes = (web ? 100 : 20) + 10 * seconds, Seconds = seconds };
    }

    private static TransformerChain<AnomalyDetectorTransformer> Fit(bool normalised)
    {
        EstimatorChain<ITransformer> features = new EstimatorChain<ITransformer>()
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Service"))
            .Append((IEstimator<ITransformer>)_mlContext.Transforms.Concatenate("Features", "Service", "Bytes", "Seconds"));
        if (normalised)
            features = features.Append((IEstimator<ITransformer>)_mlContext.Transforms.NormalizeMinMax("Features"));
        return features.Append(_mlContext.AnomalyDetection.Trainers.Autoencoder(seed: 1)).Fit(_rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GroupsAreOneFeatureAndValuesHaveNames(bool normalised)
    {
        TransformerChain<AnomalyDetectorTransformer> model = Fit(normalised).WithContributions().WithTopFeatures();
        Assert.Equal(("FeatureContributions", "TopFeatures"), (model.LastTransformer.FeatureContributionsColumnName, model.LastTransformer.TopFeaturesColumnName));
        using PredictionEngine<Connection, Alert> engine = _mlContext.Model.CreatePredictionEngine<Connection, Alert>(model);

        // What mail would send by the web's service: the service or the bytes, which belong together.
        string[] both = engine.Predict(new Connection { Service = "http", Bytes = 25, Seconds = 0.5f }).TopFeatures.Split(", ");
        Assert.Contains(both, text => text.StartsWith("Service=http (+", StringComparison.Ordinal));
        Assert.Contains(both, text => text.StartsWith(normalised ? "Bytes=0.227" : "Bytes=25 (+", StringComparison.Ordinal));

        string unknown = engine.Predict(new Connection { Service = "gopher", Bytes = 100, Seconds = 0.1f }).TopFeatures;
        Assert.StartsWith("Service=none of those known (+", unknown, StringComparison.Ordinal);
        Assert.StartsWith("Seconds=", engine.Predict(new Connection { Service = "http", Bytes = 105, Seconds = 30 }).TopFeatures, StringComparison.Ordinal);
        Assert.Equal("", engine.Predict(new Connection { Service = "http", Bytes = float.NaN, Seconds = 0.5f }).TopFeatures);
    }

    [Fact]
    public void TheSumsAreThoseOfTheContributions()
    {
        AnomalyDetectorTransformer model = Simulated.Fit(Simulated.Table(Simulated.Rows(120)));
        float[][] rows = Simulated.Rows(20, seed: 3, anomalous: r => r % 2 == 0);
        string[] told = [.. model.ExplainTopFeatures(Simulated.Table(rows), count: 1)];
        for (int r = 0; r < rows.Length; r++)
        {
            float[] contributions = model.Model.Explain(rows[r]);
            int first = Array.IndexOf(contributions, contributions.Max());
            Assert.Equal(contributions[first] > 0 ? FormattableString.Invariant($"Features[{first}]={rows[r][first]} (+{(double)contributions[first]:G3})") : "", told[r]);
        }
    }

    [Fact]
    public void ItStaysInTheFileAndComesAndGoes()
    {
        TableView table = Simulated.Table(Simulated.Rows(120));
        AnomalyDetectorTransformer plain = Simulated.Fit(table), model = plain.WithTopFeatures("Why", count: 2);
        Assert.Equal("Why", model.TopFeaturesColumnName);
        Assert.Same(model, model.WithTopFeatures("Why", 2));
        Assert.Null(model.WithTopFeatures(null).TopFeaturesColumnName);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, table.Schema, stream);
        stream.Position = 0;
        Assert.Equal(model.Transform(table).GetColumn<string>("Why"), _mlContext.Model.Load(stream, out _).Transform(table).GetColumn<string>("Why"));
        Assert.Contains(model.Transform(table).GetColumn<string>("Why"), text => text.Split(", ").Length == 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => plain.WithTopFeatures(count: 0));
        foreach (string name in (string[])["", "Score", "PredictedLabel", "Features"])
            Assert.Throws<ArgumentException>(() => plain.WithTopFeatures(name));
        Assert.Throws<ArgumentException>(() => plain.WithContributions("Why").WithTopFeatures("Why"));
    }
}
