using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

public class AnomalyEvaluateGoldenTests
{
    private const string File = "anomaly-evaluate.json";

    public static TheoryData<string> Names => GoldenFile.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_gives_what_MLNET_gives(string name)
    {
        GoldenCase golden = GoldenFile.Get(File, name);
        if (golden.Exception is { } exception)
        {
            GoldenException.AssertThrows(exception, stage =>
            {
                stage.Name = "evaluate";
                Evaluate(golden);
            });
            return;
        }

        AnomalyDetectionMetrics metrics = Evaluate(golden);
        Assert.Equal(golden.Expected.GetProperty("AreaUnderRocCurve").GetDouble(), metrics.AreaUnderRocCurve, 1e-9);
        // With ties the rate depends on the order of the rows: ML.NET's own is information.
        if (golden.Input.Optional("tiedScores")?.GetBoolean() != true)
        {
            Assert.Equal(golden.Expected.GetProperty("DetectionRateAtFalsePositiveCount").GetDouble(),
                metrics.DetectionRateAtFalsePositiveCount, 1e-9);
        }
    }

    private static AnomalyDetectionMetrics Evaluate(GoldenCase golden)
    {
        MLContext context = new(seed: 1);
        IDataView data = golden.Input.Optional("labels") is { } labels
            ? context.Data.LoadFromEnumerable(Rows(labels, golden.Input.GetProperty("scores")))
            : GoldenTable.Load(golden.Input);
        return golden.Settings.Optional("k") is { } k
            ? context.AnomalyDetection.Evaluate(data, falsePositiveCount: k.GetInt32())
            : context.AnomalyDetection.Evaluate(data);
    }

    private static List<Row> Rows(JsonElement labels, JsonElement scores) => labels.EnumerateArray().Zip(scores.EnumerateArray(),
        (label, score) => new Row { Label = (float)GoldenValue.Number(label), Score = (float)GoldenValue.Number(score) }).ToList();

    private sealed class Row
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
