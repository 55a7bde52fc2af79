using System.Xml.Linq;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A report's figures are those of the rows, and its page is whole.</summary>
public class ReportTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }

    // Normal rows score 0 to 99, anomalies 90.5 to 109.5.
    private IDataView Scored() => _context.Data.LoadFromEnumerable(
    [
        .. Enumerable.Range(0, 100).Select(i => new Row { Features = [i, 1], Score = i, PredictedLabel = i >= 95 }),
        .. Enumerable.Range(0, 20).Select(i => new Row { Features = [i, 2], Score = 90.5f + i, PredictedLabel = true, Label = true }),
    ]);

    [Fact]
    public void ThresholdsKeepToTheAllowedFalseAlarms()
    {
        DetectorReport report = _context.AnomalyDetection.CreateReport(Scored(), new DetectorReportOptions { LabelColumnName = "Label", FalseAlarmRates = [0, 0.05, 1] });
        Assert.Equal((120, 25), (report.NumberOfRows, report.NumberOfFlaggedRows));
        Assert.Equal([(0d, 99f, 0d, 11 / 20d, 1d), (0.05, 94f, 0.05, 16 / 20d, 16 / 21d)],
            report.FalseAlarmLevels.Take(2).Select(level => (level.AllowedRate, level.Threshold, level.FalseAlarmRate, level.DetectionRate, level.Precision)));
        Assert.Equal((1d, 1d), (report.FalseAlarmLevels[2].FalseAlarmRate, report.FalseAlarmLevels[2].DetectionRate));
        Assert.Equal(_context.AnomalyDetection.EvaluateDetector(Scored()), report.Metrics);
    }

    [Fact]
    public void WithoutLabelsWhatNeedsThemIsLeftOut()
    {
        DetectorReport report = _context.AnomalyDetection.CreateReport(Scored(), new DetectorReportOptions { Title = "A <title> & more" });
        Assert.Null(report.Metrics);
        Assert.All(report.FalseAlarmLevels, level => Assert.True(double.IsNaN(level.DetectionRate)));
        XElement page = Parse(report.ToHtml());
        Assert.Equal("A <title> & more", page.Descendants("h1").Single().Value);
        Assert.Equal(["Scores", "Thresholds by false alarms"], page.Descendants("h2").Select(heading => heading.Value));
    }

    [Fact]
    public void ADetectorIsExplainedWithItsTrainingAndOptions()
    {
        var progress = new List<TrainingProgress>();
        AnomalyDetectorTransformer detector = _context.AnomalyDetection.Trainers.Detector(
            new AutoencoderOptions { Seed = 1, MaximumNumberOfSteps = 60, Progress = new Listener<TrainingProgress>(progress.Add) }, labelColumnName: "Label").Fit(Scored());
        DetectorReport report = _context.AnomalyDetection.CreateReport(detector.Transform(Scored()), new DetectorReportOptions
        {
            LabelColumnName = "Label",
            Detector = detector,
            TrainingProgress = progress,
            NumberOfExplainedRows = 3,
            Facts = [new("Rows", "simulated")],
            Note = "A note.",
        });
        XElement page = Parse(report.ToHtml());
        Assert.Equal(["Ranking of anomalies over normal rows", "Scores", "Thresholds by false alarms", "What makes the highest scores", "Training", "Data and model", "Options"],
            page.Descendants("h2").Select(heading => heading.Value));
        Assert.Contains("Mean contribution in the 3 rows", page.Value);
        Assert.Contains("MaximumNumberOfSteps60", page.Value);
        Assert.Contains("A note.", page.Value);
        Assert.Contains("Rowssimulated", page.Value);
    }

    [Fact]
    public void WrongOptionsAreNamed()
    {
        Assert.Contains("FalseAlarmRates", Assert.Throws<ArgumentOutOfRangeException>(() => _context.AnomalyDetection.CreateReport(Scored(), new DetectorReportOptions { FalseAlarmRates = [2] })).Message);
        Assert.Contains("NumberOfExplainedRows", Assert.Throws<ArgumentOutOfRangeException>(() => _context.AnomalyDetection.CreateReport(Scored(), new DetectorReportOptions { NumberOfExplainedRows = -1 })).Message);
        Assert.Contains("'Points'", Assert.Throws<ArgumentOutOfRangeException>(() => _context.AnomalyDetection.CreateReport(Scored(), new DetectorReportOptions { ScoreColumnName = "Points" })).Message);
    }

    [Fact]
    public void TheTrainerOfAnyMethodFindsOneHotGroups()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Category { Kind = $"kind {i % 3}", Number = i % 7 }));
        ITransformer features = _context.Transforms.Categorical.OneHotEncoding("Kind").Append(_context.Transforms.Concatenate("Features", "Kind", "Number")).Fit(rows);
        AnomalyDetectorTransformer detector = _context.AnomalyDetection.Trainers.Detector(new ArnOptions { Seed = 1, EnsembleSize = 1, MaximumNumberOfSteps = 5 }).Fit(features.Transform(rows));
        Assert.Equal([new ColumnRange(0, 3)], ((ArnOptions)detector.Model.Options).CategoricalGroups!);
    }

    private sealed class Category
    {
        public string Kind { get; set; } = "";

        public float Number { get; set; }
    }

    // A page of which nothing is missing and which asks for nothing.
    private static XElement Parse(string html)
    {
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("http", html);
        Assert.DoesNotContain("NaN", html);
        return XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Root!;
    }
}
