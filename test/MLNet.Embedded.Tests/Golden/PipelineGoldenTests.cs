using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

public sealed class PipelineGoldenTests
{
    private const string FileName = "pipelines.json";
    private const double FeatureTolerance = 1e-6;

    public static TheoryData<string> Names => GoldenFile.Names(FileName);

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores(string name)
    {
        Run run = Run.Fit(name);
        GoldenColumns.AssertSchema(run.Expected.GetProperty("schema"), run.Model.GetOutputSchema(run.Train.Schema));
        run.AssertScored(run.Expected.GetProperty("train"), run.Model.Transform(run.Train));
        run.AssertScored(run.Expected.GetProperty("apply"), run.Model.Transform(run.Apply));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluates(string name)
    {
        Run run = Run.Fit(name);
        JsonElement expected = run.Expected.GetProperty("evaluateTrain");
        AnomalyDetectionMetrics actual = run.Context.AnomalyDetection.Evaluate(run.Model.Transform(run.Train),
            falsePositiveCount: run.Golden.Settings.GetProperty("falsePositiveCount").GetInt32());
        bool separated = GoldenValue.Number(expected.GetProperty("smallestGapBetweenClasses")) > 2 * run.ScoreTolerance;
        Assert.Equal(expected.GetProperty("AreaUnderRocCurve").GetDouble(), actual.AreaUnderRocCurve, separated ? 1e-9 : 0.02);
        if (separated)
        {
            double rate = expected.GetProperty("DetectionRateAtFalsePositiveCount").GetDouble();
            Assert.Equal(rate, actual.DetectionRateAtFalsePositiveCount, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SurvivesSaving(string name)
    {
        Run run = Run.Fit(name);
        JsonElement expected = run.Expected.GetProperty("saveLoad");
        ITransformer loaded = run.SaveAndLoad(out DataViewSchema inputSchema);
        GoldenColumns.AssertSchema(expected.GetProperty("inputSchema"), inputSchema);

        TransformerChain<ITransformer> chain = Assert.IsType<TransformerChain<ITransformer>>(loaded);
        Assert.Equal(expected.GetProperty("chainLength").GetInt32(), chain.Count());
        IDataView before = run.Model.Transform(run.Apply);
        IDataView after = loaded.Transform(run.Apply);
        GoldenColumns.AssertSchema(run.Expected.GetProperty("schema"), after.Schema);
        Assert.Equal(before.GetColumn<float>("Score"), after.GetColumn<float>("Score"));
        Assert.Equal(before.GetColumn<bool>("PredictedLabel"), after.GetColumn<bool>("PredictedLabel"));
        Assert.Equal(before.GetColumn<float[]>(run.FeatureColumn), after.GetColumn<float[]>(run.FeatureColumn));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictsSingleRows(string name)
    {
        Run run = Run.Fit(name);
        ITransformer loaded = run.SaveAndLoad(out _);
        using PredictionEngine<Row, Prediction> engine = run.Context.Model.CreatePredictionEngine<Row, Prediction>(loaded);
        IEnumerable<Row> rows = run.Context.Data.CreateEnumerable<Row>(run.Apply, reuseRowObject: false);
        Prediction[] predictions = rows.Select(engine.Predict).ToArray();
        run.AssertScores(run.Expected.GetProperty("engine").GetProperty("score"), predictions.Select(p => p.Score));
        IDataView scored = run.Model.Transform(run.Apply);
        Assert.Equal(scored.GetColumn<float>("Score"), predictions.Select(p => p.Score));
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), predictions.Select(p => p.PredictedLabel));
    }

    private sealed class Run
    {
        internal GoldenCase Golden { get; private init; }

        internal MLContext Context { get; private init; }

        internal IDataView Train { get; private init; }

        internal IDataView Apply { get; private init; }

        internal ITransformer Model { get; private init; }

        internal JsonElement Expected => Golden.Expected;

        internal double ScoreTolerance => Golden.Settings.GetProperty("scoreTolerance").GetDouble();

        internal string FeatureColumn => Golden.Settings.GetProperty("steps").EnumerateArray()
            .Last(step => step.GetProperty("op").GetString() == "RandomizedPca").GetProperty("featureColumn").GetString();

        internal static Run Fit(string name)
        {
            GoldenCase golden = GoldenFile.Get(FileName, name);
            var context = new MLContext(seed: 1);
            IDataView train = GoldenTable.Load(golden.Input.GetProperty("train"));
            return new Run
            {
                Golden = golden,
                Context = context,
                Train = train,
                Apply = GoldenTable.Load(golden.Input.GetProperty("apply")),
                Model = GoldenSteps.Build(context, golden.Settings.GetProperty("steps")).Fit(train),
            };
        }

        internal ITransformer SaveAndLoad(out DataViewSchema inputSchema)
        {
            using var stream = new MemoryStream();
            Context.Model.Save(Model, Train.Schema, stream);
            stream.Position = 0;
            return new MLContext().Model.Load(stream, out inputSchema);
        }

        internal void AssertScored(JsonElement expected, IDataView actual)
        {
            JsonElement[] features = expected.GetProperty("features").EnumerateArray().ToArray();
            float[][] actualFeatures = actual.GetColumn<float[]>(FeatureColumn).ToArray();
            Assert.Equal(features.Length, actualFeatures.Length);
            for (int row = 0; row < features.Length; row++)
                Assert.Null(GoldenValue.Difference(features[row], actualFeatures[row], FeatureTolerance));
            AssertScores(expected.GetProperty("score"), actual.GetColumn<float>("Score"));

            HashSet<int> unsure = expected.Optional("unsureRows")?.EnumerateArray().Select(row => row.GetInt32()).ToHashSet() ?? [];
            bool[] labels = actual.GetColumn<bool>("PredictedLabel").ToArray();
            JsonElement[] wanted = expected.GetProperty("predictedLabel").EnumerateArray().ToArray();
            for (int row = 0; row < labels.Length; row++)
                Assert.True(unsure.Contains(row) || wanted[row].GetBoolean() == labels[row], $"predicted label of row {row}");
        }

        internal void AssertScores(JsonElement expected, IEnumerable<float> actual)
        {
            double[] wanted = expected.EnumerateArray().Select(GoldenValue.Number).ToArray();
            float[] scores = actual.ToArray();
            Assert.Equal(wanted.Length, scores.Length);
            for (int row = 0; row < wanted.Length; row++)
            {
                bool close = double.IsNaN(wanted[row]) ? float.IsNaN(scores[row]) : Math.Abs(wanted[row] - scores[row]) <= ScoreTolerance;
                Assert.True(close, $"score of row {row}: expected {wanted[row]}, got {scores[row]}");
            }
        }
    }

    private sealed class Row
    {
        public string Proto { get; set; }

        public float F1 { get; set; }

        public float F2 { get; set; }

        public float F3 { get; set; }

        public float F4 { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
