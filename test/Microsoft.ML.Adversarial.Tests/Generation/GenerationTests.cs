using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Generated anomalies of whole pipelines: plausible rows in the input's columns.</summary>
public class GenerationTests
{
    private const int Count = 300;

    private static readonly MLContext _mlContext = new(1);
    private static readonly IDataView _data = _mlContext.Data.LoadFromEnumerable(Traffic.Rows());
    private static readonly Dictionary<string, TransformerChain<AnomalyDetectorTransformer>> _models = new()
    {
        ["ARN"] = Fit(trainers => trainers.Arn(Traffic.ArnOptions())),
        ["DA3D"] = Fit(trainers => trainers.Da3d(Traffic.Da3dOptions())),
    };

    public static TheoryData<string> Generators => [.. _models.Keys];

    private static TransformerChain<AnomalyDetectorTransformer> Fit(Func<AnomalyDetectionCatalog.AnomalyDetectionTrainers, AnomalyDetectorTrainer> trainer) =>
        Traffic.Pipeline(_mlContext, trainer(_mlContext.AnomalyDetection.Trainers)).Fit(_data);

    [Theory]
    [MemberData(nameof(Generators))]
    public void RowsArePlausible(string method)
    {
        IDataView generated = _models[method].GenerateAnomalies(_data.Schema, Count, seed: 3);
        Assert.Equal(["Service", "Duration", "Bytes", "Version"], generated.Schema.Select(column => column.Name));
        Assert.Equal(TextDataViewType.Instance, generated.Schema["Service"].Type);
        Assert.Equal(NumberDataViewType.Single, generated.Schema["Duration"].Type);
        Assert.Equal(Count, generated.GetRowCount());
        Traffic.Generated[] rows = Traffic.Read(generated);
        Assert.Equal(Count, rows.Length);
        Assert.All(rows, row =>
        {
            // Telnet is known to the encoding, but no row that was trained on had it.
            Assert.Contains(row.Service, Traffic.NormalServices);
            Assert.InRange(row.Duration, 2, 60);
            Assert.InRange(row.Bytes, 100, 5000);
            Assert.Equal(5, row.Version);
        });
        Assert.True(rows.Select(row => row.Duration).Distinct().Count() > Count / 4, "The rows are all alike.");
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void TheSeedDecides(string method)
    {
        string[] Lines(int seed, int count = 50) => Traffic.Lines(_models[method].GenerateAnomalies(_data.Schema, count, seed));
        string[] some = Lines(3);
        Assert.Equal(some, Lines(3));
        Assert.NotEqual(some, Lines(4));
        Assert.Equal(some, Lines(3, Count)[..50]);
        Assert.Equal(Lines(-1), Lines(-1));
    }

    [Fact]
    public void WithoutASeedRowsDiffer()
    {
        AnomalyDetectorTransformer detector = _models["ARN"].LastTransformer;
        Assert.NotEqual(Vectors(detector.GenerateAnomalies(5)), Vectors(detector.GenerateAnomalies(5)));
    }

    private static float[] Vectors(IDataView view) => [.. view.GetColumn<float[]>("Features").SelectMany(row => row)];

    [Theory]
    [MemberData(nameof(Generators))]
    public void TheDetectorAloneGivesFeatures(string method)
    {
        AnomalyDetectorTransformer detector = _models[method].LastTransformer;
        IDataView generated = detector.GenerateAnomalies(Count, seed: 3);
        DataViewSchema.Column column = Assert.Single(generated.Schema);
        Assert.Equal(("Features", detector.FeatureColumnType), (column.Name, column.Type));
        float[] low = detector.Model.FeatureMinima.ToArray();
        float[] high = detector.Model.FeatureMaxima.ToArray();
        float[][] rows = [.. generated.GetColumn<float[]>("Features")];
        Assert.Equal(Count, rows.Length);
        Assert.All(rows, row => Assert.All(Enumerable.Range(0, row.Length), c => Assert.InRange(row[c], low[c], high[c])));
        Assert.Equal(Count, Simulated.Scores(detector.Transform(generated)).Length);

        FeatureMatrix direct = detector.Model.GenerateAnomalies(Count, 3);
        Assert.Equal(direct[Count - 1].ToArray(), rows[^1]);
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void GeneratedRowsRunThroughThePipeline(string method)
    {
        IDataView generated = _models[method].GenerateAnomalies(_data.Schema, Count, seed: 3);
        float[] scores = Simulated.Scores(_models[method].Transform(generated));
        Assert.Equal(Count, scores.Length);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        // What goes back and forth is what the generator made, but for one-hot groups that were none.
        float[][] features = [.. _models[method].Transform(generated).GetColumn<float[]>("Features")];
        float[][] made = [.. _models[method].LastTransformer.GenerateAnomalies(Count, 3).GetColumn<float[]>("Features")];
        Assert.All(Enumerable.Range(0, Count), r => Assert.All(Enumerable.Range(4, 3), c => Assert.Equal(made[r][c], features[r][c], 1e-5f)));
        if (method == "ARN")
            Assert.All(Enumerable.Range(0, Count), r => Assert.Equal(Array.IndexOf(made[r][..4], made[r][..4].Max()), Array.IndexOf(features[r], 1, 0, 4)));
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void ALoadedModelGeneratesTheSame(string method)
    {
        using var folder = new TemporaryFolder();
        _mlContext.Model.Save(_models[method], _data.Schema, folder.File("model.zip"));
        ITransformer loaded = new MLContext().Model.Load(folder.File("model.zip"), out DataViewSchema schema);
        string[] expected = Traffic.Lines(_models[method].GenerateAnomalies(_data.Schema, 50, seed: 3));
        Assert.Equal(expected, Traffic.Lines(loaded.GenerateAnomalies(schema, 50, seed: 3)));
        var chain = (TransformerChain<ITransformer>)loaded;
        Assert.Equal(expected, Traffic.Lines(chain.GenerateAnomalies(schema, 50, seed: 3)));
        Assert.Equal(
            Vectors(_models[method].LastTransformer.GenerateAnomalies(50, 3)),
            Vectors(((AnomalyDetectorTransformer)chain.LastTransformer).GenerateAnomalies(50, 3)));
    }

    [Fact]
    public void AnEnsembleGeneratesToo()
    {
        Traffic.Generated[] rows = Traffic.Read(Fit(trainers =>
        {
            ArnTrainer.Options options = Traffic.ArnOptions();
            options.EnsembleSize = 2;
            return trainers.Arn(options);
        }).GenerateAnomalies(_data.Schema, 20, seed: 3));
        Assert.All(rows, row => Assert.Contains(row.Service, Traffic.NormalServices));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void TheCultureDoesNotMatter(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.All(Traffic.Read(_models["ARN"].GenerateAnomalies(_data.Schema, 20, seed: 3)), row => Assert.Equal(5, row.Version));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("ALAD")]
    [InlineData("AnoEAN")]
    public void OtherMethodsRefuseAndNameTheRemedy(string method)
    {
        AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers = _mlContext.AnomalyDetection.Trainers;
        AnomalyDetectorTrainer trainer = method == "ALAD"
            ? trainers.Alad(new AladTrainer.Options { Seed = 1, EnsembleSize = 1, MaximumNumberOfSteps = 20, LabelColumnName = "Attack", NumberOfThreads = 1 })
            : trainers.AnoEan(new AnoEanTrainer.Options { Seed = 1, EnsembleSize = 1, MaximumNumberOfSteps = 20, LabelColumnName = "Attack", NumberOfThreads = 1 });
        TransformerChain<AnomalyDetectorTransformer> model = Traffic.Pipeline(_mlContext, trainer).Fit(_data);
        string expected = $"{method} does not generate anomalies: train ARN (Trainers.Arn) or DA3D (Trainers.Da3d), which do.";
        Assert.Equal(expected, Assert.Throws<NotSupportedException>(() => model.LastTransformer.GenerateAnomalies(1)).Message);
        Assert.Equal(expected, Assert.Throws<NotSupportedException>(() => model.GenerateAnomalies(_data.Schema, 1)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ACountBelowOneIsRefused(int count)
    {
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => _models["ARN"].GenerateAnomalies(_data.Schema, count)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => _models["ARN"].LastTransformer.GenerateAnomalies(count)).ParamName);
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        Assert.Equal("inputSchema", Assert.Throws<ArgumentNullException>(() => _models["ARN"].GenerateAnomalies(null!, 1)).ParamName);
        ITransformer none = _mlContext.Transforms.CopyColumns("Copy", "Duration").Fit(_data);
        Assert.Contains("Trainers.Arn", Assert.Throws<ArgumentException>(() => none.GenerateAnomalies(_data.Schema, 1)).Message);
        DataViewSchema other = Simulated.Table(Simulated.Rows(2)).Schema;
        Assert.Contains("'Service'", Assert.Throws<ArgumentOutOfRangeException>(() => _models["ARN"].GenerateAnomalies(other, 1)).Message);
    }
}
