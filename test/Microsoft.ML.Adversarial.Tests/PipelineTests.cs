using Adversarial.Detectors;
using Microsoft.ML.Data;
using ModelLoader;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Whole pipelines on simulated connections, from rows to metrics.</summary>
public class PipelineTests
{
    private const int TrainingRows = 240;
    private const int TestRows = 120;

    public sealed class Connection
    {
        [LoadColumn(0)]
        public string Protocol { get; set; } = "";

        [LoadColumn(1)]
        public float Duration { get; set; }

        [LoadColumn(2, 4), VectorType(3)]
        public float[] Statistics { get; set; } = new float[3];

        [LoadColumn(5)]
        public float Label { get; set; }
    }

    public sealed class Verdict
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }

    private static Connection[] Connections(int count, int seed, bool anomalies)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool attack = anomalies && i % 4 == 0;
            int protocol = random.Next(3);
            int level = attack ? (protocol + 1) % 3 : protocol;
            return new Connection
            {
                Protocol = ((string[])["tcp", "udp", "icmp"])[protocol],
                Duration = random.Next(64) + (attack ? 256 : 0),
                Statistics = [64 * level + random.Next(16), random.Next(1024), attack ? 512 : 0],
                Label = attack ? 1 : 0,
            };
        })];
    }

    private static IEnumerable<object[]> TextRows(IEnumerable<Connection> rows) =>
        rows.Select(row => (object[])[row.Protocol, row.Duration, row.Statistics, row.Label]);

    private static EstimatorChain<AnomalyDetectorTransformer> Pipeline(MLContext mlContext) => mlContext.Transforms.Categorical.OneHotEncoding("Protocol")
        .Append(mlContext.Transforms.Concatenate("Features", "Protocol", "Duration", "Statistics"))
        .Append(mlContext.Transforms.NormalizeMinMax("Features"))
        .Append(mlContext.AnomalyDetection.Trainers.Da3d(new Da3dTrainer.Options { Seed = 1, MaximumNumberOfSteps = 600 }));

    [Fact]
    public void TextFileToMetricsAndBackFromDisk()
    {
        using var folder = new TemporaryFolder();
        Connection[] testRows = Connections(TestRows, 2, anomalies: true);
        RowFile.Save(folder.File("train.csv"), TextRows(Connections(TrainingRows, 1, anomalies: false)));
        RowFile.Save(folder.File("test.csv"), TextRows(testRows));
        var mlContext = new MLContext(seed: 1);
        IDataView training = mlContext.Data.LoadFromTextFile<Connection>(folder.File("train.csv"), separatorChar: ',');
        IDataView test = mlContext.Data.LoadFromTextFile<Connection>(folder.File("test.csv"), separatorChar: ',');

        TransformerChain<AnomalyDetectorTransformer> model = Pipeline(mlContext).Fit(training);
        IDataView scored = model.Transform(test);
        float[] scores = Simulated.Scores(scored);
        Assert.Equal(TestRows, scores.Length);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));

        AnomalyDetectionMetrics metrics = mlContext.AnomalyDetection.Evaluate(scored);
        bool[] truth = [.. testRows.Select(row => row.Label > 0)];
        Assert.Equal(AnomalyMetrics.Evaluate(scores, truth).RocAuc, metrics.AreaUnderRocCurve, 1e-9);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.7, 1);

        mlContext.Model.Save(model, training.Schema, folder.File("model.zip"));
        ITransformer loaded = new MLContext().Model.Load(folder.File("model.zip"), out DataViewSchema schema);
        Assert.Equal(["Protocol", "Duration", "Statistics", "Label"], schema.Select(column => column.Name).Distinct());
        Assert.Equal(scores, Simulated.Scores(loaded.Transform(test)));

        using PredictionEngine<Connection, Verdict> engine = mlContext.Model.CreatePredictionEngine<Connection, Verdict>(loaded);
        bool[] labels = Simulated.Labels(scored);
        for (int i = 0; i < testRows.Length; i++)
        {
            Verdict verdict = engine.Predict(testRows[i]);
            Assert.Equal((scores[i], labels[i]), (verdict.Score, verdict.PredictedLabel));
        }
    }

    [Fact]
    public void TextAndObjectsGiveTheSameModel()
    {
        using var folder = new TemporaryFolder();
        Connection[] rows = Connections(TrainingRows, 1, anomalies: false);
        RowFile.Save(folder.File("train.csv"), TextRows(rows));
        var mlContext = new MLContext(seed: 1);
        AnomalyDetectorTransformer fromText = Pipeline(mlContext).Fit(mlContext.Data.LoadFromTextFile<Connection>(folder.File("train.csv"), ',')).LastTransformer;
        AnomalyDetectorTransformer fromObjects = Pipeline(mlContext).Fit(mlContext.Data.LoadFromEnumerable(rows)).LastTransformer;
        Assert.Equal(Simulated.Bytes(fromText), Simulated.Bytes(fromObjects));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void AnotherProcessLoadsThePipelineAndScoresTheSame(string culture)
    {
        using var folder = new TemporaryFolder();
        RowFile.Save(folder.File("train.csv"), TextRows(Connections(TrainingRows, 1, anomalies: false)));
        RowFile.Save(folder.File("test.csv"), TextRows(Connections(TestRows, 2, anomalies: true)));
        var mlContext = new MLContext(seed: 1);
        IDataView training = mlContext.Data.LoadFromTextFile<Connection>(folder.File("train.csv"), separatorChar: ',');
        ITransformer model = Pipeline(mlContext).Fit(training);
        mlContext.Model.Save(model, training.Schema, folder.File("model.zip"));
        IReadOnlyList<string> expected = ScoreLine.ReadAll(model.Transform(mlContext.Data.LoadFromTextFile<Connection>(folder.File("test.csv"), ',')));
        Assert.Equal(expected, LoaderProcess.Run(folder.File("model.zip"), folder.File("test.csv"), culture));
    }

    [Fact]
    public void BothOverloadsGiveTheSameModel()
    {
        float[][] rows = Simulated.Rows(60);
        TableView data = Simulated.Table(rows, TableColumn.Of("IsBad", BooleanDataViewType.Instance, [.. rows.Select((_, r) => r % 7 == 0)]));
        AnomalyDetectorTransformer few = new MLContext(3).AnomalyDetection.Trainers.Da3d("Features", "IsBad", contamination: 0.1, numberOfEpochs: 2, seed: 9).Fit(data);
        AnomalyDetectorTransformer all = new MLContext(4).AnomalyDetection.Trainers.Da3d(new Da3dTrainer.Options
        {
            FeatureColumnName = "Features",
            LabelColumnName = "IsBad",
            Contamination = 0.1,
            NumberOfEpochs = 2,
            Seed = 9,
        }).Fit(data);
        Assert.Equal(Simulated.Bytes(few), Simulated.Bytes(all));
        Assert.Equal(few.Threshold, all.Threshold);
    }

    [Fact]
    public void ATrainerReadsItsDataOnce()
    {
        TableView data = Simulated.Table(Simulated.Rows(50), TableColumn.Of("Other", NumberDataViewType.Single, new float[50]));
        Simulated.Fit(data);
        Assert.Equal(["Features"], Assert.Single(data.Requests));
        Assert.Equal((50, 0), (data.RowsRead, data.OpenCursors));
    }

    [Fact]
    public void TrainerInfoAsksForNormalisedFeaturesAndNoCache()
    {
        TrainerInfo info = new MLContext(1).AnomalyDetection.Trainers.Da3d().Info;
        Assert.Equal((true, false), (info.NeedNormalization, info.WantCaching));
    }
}
