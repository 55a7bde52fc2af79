using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Onnx.Tests;

/// <summary>Detectors of pipelines: through ML.NET's own transformer, and joined with what its converter makes of the part before.</summary>
public class PipelineTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    private sealed class Reading
    {
        public string Site { get; set; } = "";

        public float Load { get; set; }

        public float Heat { get; set; }

        [VectorType(2)]
        public float[] Axes { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class FeatureRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private static Reading[] Readings(int count, int seed)
    {
        var random = new Random(seed);
        string[] sites = ["north", "south", "harbour"];
        return [.. Enumerable.Range(0, count).Select(i => new Reading
        {
            Site = sites[random.Next(sites.Length)],
            Load = 100 * random.NextSingle(),
            Heat = 20 + 5 * random.NextSingle() + (i % 10 == 9 && seed > 1 ? 30 : 0),
            Axes = [random.NextSingle(), -3 * random.NextSingle()],
            Label = false,
        })];
    }

    private AutoencoderTrainer Trainer() => _mlContext.AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options { Seed = 1, MaximumNumberOfSteps = 100 });

    private TransformerChain<AnomalyDetectorTransformer> FitWhole(IDataView rows) =>
        _mlContext.Transforms.Categorical.OneHotEncoding("SiteCode", nameof(Reading.Site))
            .Append(_mlContext.Transforms.NormalizeMinMax(nameof(Reading.Load)))
            .Append(_mlContext.Transforms.Concatenate("Features", "SiteCode", nameof(Reading.Load), nameof(Reading.Heat), nameof(Reading.Axes)))
            .Append(Trainer()).Fit(rows);

    private MemoryStream ConvertBefore(TransformerChain<AnomalyDetectorTransformer> model, IDataView rows)
    {
        var stream = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(new TransformerChain<ITransformer>([.. model.SkipLast(1)]), rows, stream);
        stream.Position = 0;
        return stream;
    }

    private AnomalyDetectorTransformer FitFeatures(int seed = 1)
    {
        var random = new Random(seed);
        IDataView rows = _mlContext.Data.LoadFromEnumerable<FeatureRow>([.. Enumerable.Range(0, 300)
            .Select(_ => new FeatureRow { Features = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle())] })]);
        return Trainer().Fit(rows);
    }

    private static float[] Column(IDataView view, string name) => [.. view.GetColumn<float[]>(name).Select(values => Assert.Single(values))];

    [Fact]
    public void MLNetAppliesTheModel()
    {
        AnomalyDetectorTransformer detector = FitFeatures();
        var random = new Random(3);
        IDataView rows = _mlContext.Data.LoadFromEnumerable<FeatureRow>([.. Enumerable.Range(0, 50)
            .Select(i => new FeatureRow { Features = [random.NextSingle(), i == 5 ? float.NaN : 2 * random.NextSingle(), 0.5f, random.NextSingle()] })]);
        string file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.onnx");
        try
        {
            _mlContext.AnomalyDetection.SaveOnnx(detector, file);
            using var applied = _mlContext.Transforms.ApplyOnnxModel(["Score", "PredictedLabel"], ["Features"], file).Fit(rows);
            IDataView theirs = applied.Transform(rows), ours = detector.Transform(rows);
            (double difference, int row) = ScoreComparison.Largest([.. ours.GetColumn<float>("Score")], Column(theirs, "Score"));
            Assert.True(difference <= ScoreComparison.Tolerance, $"Row {row} differs by {difference:E2}.");
            Assert.Equal(ours.GetColumn<bool>("PredictedLabel"), theirs.GetColumn<bool[]>("PredictedLabel").Select(values => Assert.Single(values)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AWholePipelineIsOneModel()
    {
        IDataView training = _mlContext.Data.LoadFromEnumerable(Readings(300, seed: 1));
        TransformerChain<AnomalyDetectorTransformer> model = FitWhole(training);
        Reading[] readings = Readings(100, seed: 2);
        readings[3].Site = "nowhere";
        readings[4].Heat = float.NaN;
        IDataView rows = _mlContext.Data.LoadFromEnumerable(readings), ours = model.Transform(rows);
        using var joined = new MemoryStream();
        _mlContext.AnomalyDetection.SaveOnnx(model.LastTransformer, joined, ConvertBefore(model, training));
        using var onnx = new OnnxModel(joined.ToArray());

        Assert.Equal(["Axes", "Heat", "Load", "Site"], onnx.Session.InputMetadata.Keys.Order());
        Assert.Equal(["PredictedLabel", "Score"], onnx.Session.OutputMetadata.Keys.Order());
        using var results = onnx.Session.Run(
        [
            NamedOnnxValue.CreateFromTensor("Site", new DenseTensor<string>(Array.ConvertAll(readings, reading => reading.Site), [readings.Length, 1])),
            NamedOnnxValue.CreateFromTensor("Load", new DenseTensor<float>(Array.ConvertAll(readings, reading => reading.Load), [readings.Length, 1])),
            NamedOnnxValue.CreateFromTensor("Heat", new DenseTensor<float>(Array.ConvertAll(readings, reading => reading.Heat), [readings.Length, 1])),
            NamedOnnxValue.CreateFromTensor("Axes", new DenseTensor<float>(readings.SelectMany(reading => reading.Axes).ToArray(), [readings.Length, 2])),
        ]);
        float[] scores = [.. results.Single(result => result.Name == "Score").AsEnumerable<float>()];
        bool[] labels = [.. results.Single(result => result.Name == "PredictedLabel").AsEnumerable<bool>()];
        (double difference, int row) = ScoreComparison.Largest([.. ours.GetColumn<float>("Score")], scores);
        Assert.True(difference <= ScoreComparison.Tolerance, $"Row {row} differs by {difference:E2}.");
        Assert.Equal(ours.GetColumn<bool>("PredictedLabel"), labels);
        Assert.Contains(true, labels);
        Assert.Contains(false, labels);
    }

    [Fact]
    public void ThresholdAndMissingValuesAreAsTheTransformerHasThem()
    {
        AnomalyDetectorTransformer detector = FitFeatures();
        FeatureMatrix rows = FeatureMatrix.FromRows([[0.5f, 0.5f, 0.5f, 0.5f], [9, 9, 9, 9], [float.NaN, 0, 0, 0]]);
        Assert.Equal([false, true, true], Labels(detector, rows));
        Assert.Equal([false, true, false], Labels(_mlContext.AnomalyDetection.ChangeMissingValueHandling(detector, MissingValueHandling.NotAnomaly), rows));
        Assert.Equal([false, false, true], Labels(_mlContext.AnomalyDetection.ChangeModelThreshold(detector, float.PositiveInfinity), rows));
        Assert.Equal([true, true, true], Labels(_mlContext.AnomalyDetection.ChangeModelThreshold(detector, float.NegativeInfinity), rows));
        string message = Assert.Throws<NotSupportedException>(() => Labels(_mlContext.AnomalyDetection.ChangeMissingValueHandling(detector, MissingValueHandling.Throw), rows)).Message;
        Assert.Contains("ChangeMissingValueHandling", message);
    }

    private bool[] Labels(AnomalyDetectorTransformer detector, FeatureMatrix rows)
    {
        using var stream = new MemoryStream();
        _mlContext.AnomalyDetection.SaveOnnx(detector, stream);
        using var model = new OnnxModel(stream.ToArray());
        return model.Run(rows).Labels;
    }

    [Fact]
    public void APartBeforeThatDoesNotFitIsRefusedByName()
    {
        IDataView training = _mlContext.Data.LoadFromEnumerable(Readings(300, seed: 1));
        TransformerChain<AnomalyDetectorTransformer> model = FitWhole(training);
        byte[] before = ConvertBefore(model, training).ToArray();
        void Save(AnomalyDetectorTransformer detector, byte[] part) => _mlContext.AnomalyDetection.SaveOnnx(detector, new MemoryStream(), new MemoryStream(part));

        Assert.Contains("rows of 4 numbers", Assert.Throws<ArgumentException>(() => Save(FitFeatures(), before)).Message);
        Assert.Throws<FormatException>(() => Save(model.LastTransformer, before[..(before.Length / 2)]));
        Assert.Throws<FormatException>(() => Save(model.LastTransformer, [1, 2, 3]));
        using var onlyLoad = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(_mlContext.Transforms.NormalizeMinMax(nameof(Reading.Load)).Fit(training), training, onlyLoad);
        Assert.Contains("'Features'; there are: ", Assert.Throws<ArgumentException>(() => Save(model.LastTransformer, onlyLoad.ToArray())).Message);
        using var older = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(new TransformerChain<ITransformer>([.. model.SkipLast(1)]), training, 11, older);
        Assert.Contains("opSetVersion 12", Assert.Throws<ArgumentException>(() => Save(model.LastTransformer, older.ToArray())).Message);
    }

    [Fact]
    public void AColumnNamedAsAnOutputIsRefused()
    {
        IDataView training = _mlContext.Data.LoadFromEnumerable(Readings(300, seed: 1));
        TransformerChain<AnomalyDetectorTransformer> model = _mlContext.Transforms.CopyColumns("Score", nameof(Reading.Heat))
            .Append(_mlContext.Transforms.Concatenate("Features", "Score", nameof(Reading.Load), nameof(Reading.Axes))).Append(Trainer()).Fit(training);
        IDataView renamed = _mlContext.Transforms.CopyColumns("Score", nameof(Reading.Heat)).Fit(training).Transform(training);
        using var before = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(model.Skip(1).First(), renamed, before);
        before.Position = 0;
        Assert.Contains("'Score'", Assert.Throws<InvalidOperationException>(() => _mlContext.AnomalyDetection.SaveOnnx(model.LastTransformer, new MemoryStream(), before)).Message);
    }
}
