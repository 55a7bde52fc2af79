using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Our own evaluator.</summary>
public class EvaluateDetectorTests
{
    private static readonly AnomalyDetectionCatalog _catalog = new MLContext(1).AnomalyDetection;

    [Fact]
    public void FiguresAreThoseOfPencilAndPaper()
    {
        // By rank: NaN flagged (A), 0.9 (A), 0.8 (A) = 0.8 (N), 0.5 (N), 0.4 (A), 0.3 (N), NaN not flagged (N).
        DetectorMetrics metrics = _catalog.EvaluateDetector(ScoredRows.ByHand.Labelled(), falsePositiveCount: 1, falseAlarmRate: 0.5);
        Assert.Equal((4 + 4 + 3.5 + 2) / 16, metrics.AreaUnderRocCurve, 12);
        Assert.Equal((1 / 1.0 + 2 / 2.0 + 3 / 4.0 + 4 / 6.0) / 4, metrics.AveragePrecision, 12);
        Assert.Equal((3, 1, 3, 1), (metrics.TruePositives, metrics.FalsePositives, metrics.TrueNegatives, metrics.FalseNegatives));
        Assert.Equal((0.75, 0.75, 0.75), (metrics.Precision, metrics.Recall, metrics.F1Score));
        Assert.Equal((0.75, 1, 1.0, 0.5), (metrics.DetectionRateAtFalsePositiveCount, metrics.FalsePositiveCount, metrics.DetectionRateAtFalseAlarmRate, metrics.FalseAlarmRate));
        Assert.Equal((8, 2, 0, "false"), (metrics.NumberOfRows, metrics.NumberOfMissingScores, metrics.NumberOfMissingLabels, metrics.NormalLabel));
        Assert.Null(metrics.Message);

        // The anomaly at 0.8 ties with the first normal row: it does not beat it.
        DetectorMetrics strict = _catalog.EvaluateDetector(ScoredRows.ByHand.Labelled(), falsePositiveCount: 0, falseAlarmRate: 0);
        Assert.Equal((0.5, 0.5), (strict.DetectionRateAtFalsePositiveCount, strict.DetectionRateAtFalseAlarmRate));
    }

    public static TheoryData<string, string?> Kinds => new()
    {
        { "Boolean", null }, { "true is normal", "true" }, { "Single", null }, { "Double", "0.5" }, { "Int64", "3" }, { "text", "ok" },
        { "keys by value", "ok" }, { "keys", null }, { "keys", "1" },
    };

    private static IDataView Data(string kind)
    {
        ScoredRows rows = ScoredRows.ByHand;
        TableView text = rows.Table(rows.Label(TextDataViewType.Instance, "ok".AsMemory(), "bad".AsMemory()));
        return kind switch
        {
            "text" => text,
            "keys by value" => new MLContext(1).Transforms.Conversion
                .MapValueToKey("Label", keyOrdinality: Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(text).Transform(text),
            _ => rows.Table(kind switch
            {
                "true is normal" => rows.Label(BooleanDataViewType.Instance, true, false),
                "Single" => rows.Label(NumberDataViewType.Single, 0f, 1f),
                "Double" => rows.Label(NumberDataViewType.Double, 0.5, 0),
                "Int64" => rows.Label(NumberDataViewType.Int64, 3L, 0L),
                "keys" => rows.Label(new KeyDataViewType(typeof(byte), 4), (byte)1, (byte)3),
                _ => rows.Label(BooleanDataViewType.Instance, false, true),
            }),
        };
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LabelsOfEveryKindAreReadAsInTraining(string kind, string? normalLabel)
    {
        DetectorMetrics metrics = _catalog.EvaluateDetector(Data(kind), normalLabel: normalLabel);
        Assert.Equal((13.5 / 16, 3, 1, 3, 1), (metrics.AreaUnderRocCurve, metrics.TruePositives, metrics.FalsePositives, metrics.TrueNegatives, metrics.FalseNegatives));
    }

    [Fact]
    public void ATextLabelNeedsToBeToldWhatIsNormal() => Assert.Equal(
        "Label column 'Label' is text: set NormalLabel to the value that is normal. The column holds 'bad' (4 rows), 'ok' (4 rows). (Parameter 'NormalLabel')",
        Assert.Throws<ArgumentException>(() => _catalog.EvaluateDetector(Data("text"))).Message);

    [Fact]
    public void OneClassAloneGivesNaNAndAMessage()
    {
        ScoredRows rows = ScoredRows.ByHand;
        DetectorMetrics normal = _catalog.EvaluateDetector((rows with { Anomalous = new bool[8] }).Labelled());
        Assert.Equal("No row is an anomaly: false is normal, and the labels are false (8 rows). Ranks, recall and F1 are NaN.", normal.Message);
        Assert.Equal((0, 0, 4, 4, 0), (normal.Precision, normal.TruePositives, normal.FalsePositives, normal.TrueNegatives, normal.FalseNegatives));
        Assert.True(double.IsNaN(normal.Recall) && double.IsNaN(normal.F1Score));

        DetectorMetrics anomalous = _catalog.EvaluateDetector(Data("text"), normalLabel: "okay");
        Assert.Equal("No row is normal: 'okay' is normal, and the labels are 'bad' (4 rows), 'ok' (4 rows). Ranks are NaN.", anomalous.Message);
        Assert.Equal((1, 0.5), (anomalous.Precision, anomalous.Recall));

        TableColumn unknown = rows.Label(NumberDataViewType.Single, float.NaN, float.NaN);
        DetectorMetrics none = _catalog.EvaluateDetector(rows.Table(unknown));
        Assert.Equal("No row has a label: all figures are NaN.", none.Message);
        Assert.Equal((0, 8), (none.NumberOfRows, none.NumberOfMissingLabels));

        Assert.All((DetectorMetrics[])[normal, anomalous, none], metrics => Assert.All(
            (double[])[metrics.AreaUnderRocCurve, metrics.AveragePrecision, metrics.DetectionRateAtFalsePositiveCount, metrics.DetectionRateAtFalseAlarmRate],
            figure => Assert.True(double.IsNaN(figure))));
    }

    [Fact]
    public void NothingFlaggedGivesAMessage()
    {
        DetectorMetrics metrics = _catalog.EvaluateDetector((ScoredRows.ByHand with { Flagged = new bool[8] }).Labelled());
        Assert.Equal("No row is flagged: precision and F1 are NaN.", metrics.Message);
        Assert.Equal((double.NaN, 0, double.NaN), (metrics.Precision, metrics.Recall, metrics.F1Score));
    }

    [Fact]
    public void RowsWithoutALabelAreLeftOutAndCounted()
    {
        ScoredRows rows = ScoredRows.ByHand;
        float[] labels = [0, 1, float.NaN, 1, float.NaN, 1, 0, 0];
        DetectorMetrics metrics = _catalog.EvaluateDetector(rows.Table(TableColumn.Of("Label", NumberDataViewType.Single, labels)));
        Assert.Equal((6, 2, 1), (metrics.NumberOfRows, metrics.NumberOfMissingLabels, metrics.NumberOfMissingScores));
        Assert.Equal((2, 0, 3, 1), (metrics.TruePositives, metrics.FalsePositives, metrics.TrueNegatives, metrics.FalseNegatives));
    }

    [Fact]
    public void TheScoredRowsAreReadOnce()
    {
        TableView data = ScoredRows.ByHand.Labelled();
        _catalog.EvaluateDetector(data);
        Assert.Equal(["Score", "PredictedLabel", "Label"], Assert.Single(data.Requests));
        Assert.Equal((8, 0), (data.RowsRead, data.OpenCursors));
    }

    [Fact]
    public void AModelIsJudgedByItsOwnThreshold()
    {
        var mlContext = new MLContext(1);
        float[][] rows = Simulated.Rows(200, anomalous: row => row % 5 == 2);
        TableView data = Simulated.Table(rows, TableColumn.Of("Label", BooleanDataViewType.Instance, [.. rows.Select((_, r) => r % 5 == 2)]));
        AnomalyDetectorTransformer model = Simulated.Fit(data, options => options.LabelColumnName = "Label");
        foreach (float threshold in (float[])[model.Threshold, Simulated.Scores(model, rows).Order().ElementAt(50)])
        {
            IDataView scored = mlContext.AnomalyDetection.ChangeModelThreshold(model, threshold).Transform(data);
            DetectorMetrics metrics = mlContext.AnomalyDetection.EvaluateDetector(scored);
            Assert.Equal(Simulated.Scores(scored).Count(score => score > threshold), metrics.TruePositives + metrics.FalsePositives);
            Assert.Equal(200, metrics.NumberOfRows);
        }
    }

    [Fact]
    public void ColumnsAreNamedWhereTheyDoNotFit()
    {
        ScoredRows rows = ScoredRows.ByHand;
        TableView data = rows.Table(rows.Label(BooleanDataViewType.Instance, false, true), TableColumn.Of("Wide", NumberDataViewType.Double, new double[8]));
        string Refusal(Action action) => Assert.Throws<ArgumentOutOfRangeException>(action).Message;
        Assert.StartsWith("Could not find label column 'Nope'", Refusal(() => _catalog.EvaluateDetector(data, "Nope")));
        Assert.StartsWith("Could not find score column 'Nope'", Refusal(() => _catalog.EvaluateDetector(data, scoreColumnName: "Nope")));
        Assert.StartsWith("Could not find predicted label column 'Nope'", Refusal(() => _catalog.EvaluateDetector(data, predictedLabelColumnName: "Nope")));
        Assert.StartsWith("Schema mismatch for score column 'Wide': expected Single, got Double", Refusal(() => _catalog.EvaluateDetector(data, scoreColumnName: "Wide")));
        Assert.StartsWith("Schema mismatch for predicted label column 'Score': expected Boolean, got Single",
            Refusal(() => _catalog.EvaluateDetector(data, predictedLabelColumnName: "Score")));
        Assert.Equal("falsePositiveCount", Assert.Throws<ArgumentOutOfRangeException>(() => _catalog.EvaluateDetector(data, falsePositiveCount: -1)).ParamName);
        Assert.Equal("falseAlarmRate", Assert.Throws<ArgumentOutOfRangeException>(() => _catalog.EvaluateDetector(data, falseAlarmRate: double.NaN)).ParamName);
        Assert.Empty(data.Requests);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void TheTextIsTheSameInEveryCulture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(
                """
                ROC-AUC 0.8438, average precision 0.8542
                detection rate 1.0000 at 10 false positives, 0.5000 at a false-alarm rate of 0.01
                precision 0.7500, recall 0.7500, F1 0.7500
                anomalies: 3 flagged, 1 not; normal rows (false): 1 flagged, 3 not
                8 rows (2 without a score, 0 more without a label)
                """.ReplaceLineEndings("\n"),
                _catalog.EvaluateDetector(ScoredRows.ByHand.Labelled()).ToString());
            Assert.Equal(
                "-1.5", _catalog.EvaluateDetector(ScoredRows.ByHand.Table(ScoredRows.ByHand.Label(NumberDataViewType.Double, -1.5, 0)), normalLabel: "-1.5").NormalLabel);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
