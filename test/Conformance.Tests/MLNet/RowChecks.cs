using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>A row's score is a function of the row, whichever way it is asked for.</summary>
internal static class RowChecks
{
    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28o a score does not depend on the rows around it", RowsAlone),
        new("28p NaN and infinity score NaN and are judged as MissingValueHandling says, by default as anomalies", NotFinite),
        new("28q a prediction engine scores like a batch", PredictionEngines),
        new("28r the row mapper knows its columns and scores like a batch", RowMapper),
    ];

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Verdict
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }

    private static void RowsAlone(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        ITransformer model = subject.Fitted;
        int count = SubjectData.TestRows.Length;
        IReadOnlyList<string> Score(float[][] rows) => ScoreLine.ReadAll(model.Transform(SubjectData.Table(rows, new bool[rows.Length])));
        for (int r = 0; r < count; r += 9)
            Assert.Equal(subject.Expected[r], Assert.Single(Score([SubjectData.TestRows[r]])));
        Assert.Equal(subject.Expected.Reverse(), Score([.. SubjectData.TestRows.Reverse()]));
        Assert.Equal(subject.Expected.Concat(subject.Expected), Score([.. SubjectData.TestRows, .. SubjectData.TestRows]));

        IDataView scored = model.Transform(SubjectData.Test());
        Assert.Equal(subject.Expected.Skip(17), ScoreLine.ReadAll(mlContext.Data.SkipRows(scored, 17)));
        Assert.Equal(subject.Expected.Skip(17), ScoreLine.ReadAll(model.Transform(mlContext.Data.SkipRows(SubjectData.Test(), 17))));
        IDataView shuffled = mlContext.Data.ShuffleRows(scored, seed: 3);
        Assert.Equal(shuffled.GetColumn<int>("Id").Select(id => subject.Expected[id]), ScoreLine.ReadAll(shuffled));
    }

    private static void NotFinite(TrainerSubject subject)
    {
        float[][] rows = [.. SubjectData.TestRows.Select(row => row.ToArray())];
        (int Row, float Value)[] bad = [(2, float.NaN), (5, float.PositiveInfinity), (40, float.NegativeInfinity)];
        foreach ((int row, float value) in bad)
            rows[row][row % SubjectData.Columns] = value;
        TableView data = SubjectData.Table(rows, SubjectData.Anomalous);

        ITransformer Model(MissingValueHandling handling) =>
            subject.Create(options => ((IAnomalyDetectorColumns)options).MissingValueHandling = handling).Fit(subject.Training());
        foreach ((ITransformer model, bool flagged) in (IEnumerable<(ITransformer, bool)>)
            [
                (subject.Fitted, true), (Model(MissingValueHandling.Anomaly), true), (Model(MissingValueHandling.NotAnomaly), false),
            ])
        {
            string[] expected = [.. subject.Expected];
            foreach ((int row, _) in bad)
                expected[row] = ScoreLine.Of(float.NaN, flagged);
            Assert.Equal(expected, ScoreLine.ReadAll(model.Transform(data)));
            List<string> mapped = ReadMapper(model, data);
            Assert.All(bad, at => Assert.Equal(expected[at.Row], mapped[at.Row]));
        }

        ITransformer strict = Model(MissingValueHandling.Throw);
        Assert.Equal(subject.Expected, ScoreLine.ReadAll(strict.Transform(SubjectData.Test())));
        foreach (Action read in (Action[])[() => ScoreLine.ReadAll(strict.Transform(data)), () => ReadMapper(strict, data)])
        {
            string message = Assert.ThrowsAny<InvalidOperationException>(read).Message;
            Assert.Contains($"Row 2 of column 'Features' holds NaN in slot {2 % SubjectData.Columns}", message, StringComparison.Ordinal);
        }
    }

    private static List<string> ReadMapper(ITransformer model, TableView data)
    {
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        DataViewSchema.Column score = mapper.OutputSchema["Score"];
        DataViewSchema.Column label = mapper.OutputSchema["PredictedLabel"];
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Features"]]);
        DataViewRow row = mapper.GetRow(cursor, [score, label]);
        ValueGetter<float> getScore = row.GetGetter<float>(score);
        ValueGetter<bool> getLabel = row.GetGetter<bool>(label);
        var lines = new List<string>();
        float value = 0;
        bool anomaly = false;
        while (cursor.MoveNext())
        {
            getLabel(ref anomaly);
            getScore(ref value);
            lines.Add(ScoreLine.Of(value, anomaly));
        }

        return lines;
    }

    private static void PredictionEngines(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        SchemaDefinition definition = SchemaDefinition.Create(typeof(FeatureRow));
        definition["Features"].ColumnType = TableColumn.VectorOf(SubjectData.Columns);
        ITransformer chain = mlContext.Transforms.CopyColumns("Copy", "Features").Append(subject.Create()).Fit(subject.Training());
        foreach (ITransformer model in (ITransformer[])[subject.Fitted, chain])
        {
            var engine = mlContext.Model.CreatePredictionEngine<FeatureRow, Verdict>(model, inputSchemaDefinition: definition);
            for (int r = SubjectData.TestRows.Length - 1; r >= 0; r--)
            {
                Verdict verdict = engine.Predict(new FeatureRow { Features = SubjectData.TestRows[r] });
                Assert.Equal(subject.Expected[r], ScoreLine.Of(verdict.Score, verdict.PredictedLabel));
            }
        }
    }

    private static void RowMapper(TrainerSubject subject)
    {
        TableView data = SubjectData.Test();
        Assert.True(subject.Fitted.IsRowToRowMapper);
        IRowToRowMapper mapper = subject.Fitted.GetRowToRowMapper(data.Schema);
        Assert.Equal(SchemaChecks.Describe(data.Schema), SchemaChecks.Describe(mapper.InputSchema));
        Assert.Equal(SchemaChecks.Describe(subject.Fitted.Transform(data).Schema), SchemaChecks.Describe(mapper.OutputSchema));

        string[] Dependencies(params string[] names) =>
            [.. mapper.GetDependencies(names.Select(name => mapper.OutputSchema[name])).Select(column => column.Name).Order(StringComparer.Ordinal)];
        Assert.Empty(Dependencies());
        Assert.Equal(["Id"], Dependencies("Id"));
        Assert.Equal(["Features"], Dependencies("Score"));
        Assert.Equal(["Features"], Dependencies("PredictedLabel", "Score"));
        Assert.Equal(["Features", "Name"], Dependencies("Name", "Score"));

        DataViewSchema.Column score = mapper.OutputSchema["Score"];
        DataViewSchema.Column label = mapper.OutputSchema["PredictedLabel"];
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Features"]]);
        DataViewRow row = mapper.GetRow(cursor, [score, label]);
        Assert.Equal(["PredictedLabel", "Score"], mapper.OutputSchema.Where(row.IsColumnActive).Select(column => column.Name));
        Assert.ThrowsAny<Exception>(() => row.GetGetter<int>(mapper.OutputSchema["Id"]));
        ValueGetter<float> getScore = row.GetGetter<float>(score);
        ValueGetter<bool> getLabel = row.GetGetter<bool>(label);
        float value = 0;
        bool anomaly = false;
        for (int r = 0; cursor.MoveNext(); r++)
        {
            getLabel(ref anomaly);
            getScore(ref value);
            Assert.Equal((subject.Expected[r], r), (ScoreLine.Of(value, anomaly), row.Position));
        }
    }
}
