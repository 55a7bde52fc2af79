using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

public class BinaryEvaluateGoldenTests
{
    private const string File = "binary-evaluate.json";

    public static TheoryData<string> Names => GoldenFile.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void EvaluateNonCalibrated_gives_what_MLNET_gives(string name)
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

        BinaryClassificationMetrics metrics = Evaluate(golden);
        Check(nameof(metrics.AreaUnderRocCurve), metrics.AreaUnderRocCurve);
        Check(nameof(metrics.AreaUnderPrecisionRecallCurve), metrics.AreaUnderPrecisionRecallCurve);
        Check(nameof(metrics.Accuracy), metrics.Accuracy);
        Check(nameof(metrics.F1Score), metrics.F1Score);
        Check(nameof(metrics.PositivePrecision), metrics.PositivePrecision);
        Check(nameof(metrics.PositiveRecall), metrics.PositiveRecall);
        Check(nameof(metrics.NegativePrecision), metrics.NegativePrecision);
        Check(nameof(metrics.NegativeRecall), metrics.NegativeRecall);
        ConfusionMatrix confusion = metrics.ConfusionMatrix;
        Assert.Equal(golden.Expected.GetProperty("numberOfClasses").GetInt32(), confusion.NumberOfClasses);
        Assert.Equal(Numbers(golden.Expected.GetProperty("confusionPerClassPrecision")), confusion.PerClassPrecision);
        Assert.Equal(Numbers(golden.Expected.GetProperty("confusionPerClassRecall")), confusion.PerClassRecall);
        Assert.Equal(golden.Expected.GetProperty("confusionCounts").EnumerateArray().Select(Numbers), confusion.Counts);

        void Check(string metric, double value) => Assert.Equal(golden.Expected.GetProperty(metric).GetDouble(), value, 1e-9);
    }

    private static BinaryClassificationMetrics Evaluate(GoldenCase golden) =>
        new MLContext(seed: 1).BinaryClassification.EvaluateNonCalibrated(GoldenTable.Load(golden.Input));

    private static double[] Numbers(JsonElement values) => values.EnumerateArray().Select(value => value.GetDouble()).ToArray();
}
