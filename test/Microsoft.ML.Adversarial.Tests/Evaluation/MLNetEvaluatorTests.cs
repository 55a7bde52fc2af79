using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>ML.NET's own evaluators: where they agree with ours, and where they mislead.</summary>
public class MLNetEvaluatorTests
{
    private static readonly MLContext _mlContext = new(1);

    // With Boolean labels for one evaluator, and as numbers for the other.
    private static TableView Table(ScoredRows rows) =>
        rows.Table(rows.Label(BooleanDataViewType.Instance, false, true), rows.Label(NumberDataViewType.Single, 0f, 1f, "Number"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhereTheCutIsZeroAllAgree(int seed)
    {
        TableView data = Table(ScoredRows.Drawn(0, seed));
        DetectorMetrics own = _mlContext.AnomalyDetection.EvaluateDetector(data);
        AnomalyDetectionMetrics ranks = _mlContext.AnomalyDetection.Evaluate(data, "Number");
        BinaryClassificationMetrics cut = _mlContext.BinaryClassification.EvaluateNonCalibrated(data);
        Assert.Equal(ranks.AreaUnderRocCurve, own.AreaUnderRocCurve, 6);
        Assert.Equal(ranks.DetectionRateAtFalsePositiveCount, own.DetectionRateAtFalsePositiveCount, 6);
        Assert.Equal(cut.AreaUnderRocCurve, own.AreaUnderRocCurve, 6);
        Assert.Equal(cut.PositivePrecision, own.Precision, 6);
        Assert.Equal(cut.PositiveRecall, own.Recall, 6);
        Assert.Equal(cut.F1Score, own.F1Score, 6);
        Assert.Equal(
            [[own.TruePositives, own.FalseNegatives], [own.FalsePositives, own.TrueNegatives]],
            cut.ConfusionMatrix.Counts.Select(row => row.Select(count => (long)count)));
    }

    [Fact]
    public void BinaryClassificationCutsAtZeroAndNotWhereTheModelDoes()
    {
        ScoredRows atZero = ScoredRows.Drawn(0);
        ScoredRows atModel = atZero with { Flagged = [.. atZero.Scores.Select(score => score > 0.45f)] };
        // Other flags, the same figures: PredictedLabel is not looked at.
        BinaryClassificationMetrics cut = _mlContext.BinaryClassification.EvaluateNonCalibrated(Table(atModel));
        Assert.Equal(_mlContext.AnomalyDetection.EvaluateDetector(Table(atZero)).Precision, cut.PositivePrecision, 6);

        DetectorMetrics own = _mlContext.AnomalyDetection.EvaluateDetector(Table(atModel));
        long flagged = atModel.Flagged.Count(flag => flag);
        Assert.Equal(flagged, own.TruePositives + own.FalsePositives);
        Assert.InRange(own.Precision, cut.PositivePrecision + 0.2, 1);
        Assert.InRange(own.Recall, 0, cut.PositiveRecall - 0.2);
    }

    [Fact]
    public void AnomalyDetectionRefusesBooleanLabels()
    {
        TableView data = Table(ScoredRows.Drawn(0));
        Assert.Contains("Schema mismatch for label column 'Label': expected Single or a Key with cardinality 2, got Boolean",
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.AnomalyDetection.Evaluate(data)).Message, StringComparison.Ordinal);
        Assert.Equal(400, _mlContext.AnomalyDetection.EvaluateDetector(data).NumberOfRows);
    }

    [Fact]
    public void TheOrderOfTiedRowsCountsForMLNetOnly()
    {
        // Three normal rows and three anomalies, all at one score.
        bool[] anomalous = [true, true, true, false, false, false];
        DetectionRates first = Rates(anomalous);
        DetectionRates last = Rates([.. anomalous.Reverse()]);
        Assert.NotEqual(first.Theirs, last.Theirs);
        Assert.Equal((0, 0), (first.Own, last.Own));
    }

    private sealed record DetectionRates(double Theirs, double Own);

    private static DetectionRates Rates(bool[] anomalous)
    {
        TableView data = Table(new ScoredRows([1, 1, 1, 1, 1, 1], anomalous, new bool[6]));
        return new DetectionRates(
            _mlContext.AnomalyDetection.Evaluate(data, "Number", falsePositiveCount: 1).DetectionRateAtFalsePositiveCount,
            _mlContext.AnomalyDetection.EvaluateDetector(data, falsePositiveCount: 1).DetectionRateAtFalsePositiveCount);
    }
}
