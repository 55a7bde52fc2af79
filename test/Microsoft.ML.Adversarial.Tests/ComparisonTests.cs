using System.Xml.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Many detectors on the same rows, with and without labels.</summary>
public class ComparisonTests
{
    private const int Count = 240;

    private static readonly string[] _methods = ["kNN", "Isolation forest", "Gaussian mixture"];

    private static readonly float[][] _rows = Simulated.Rows(Count, anomalous: r => r % 6 == 0);
    private static readonly TableView _labelled = Simulated.Table(_rows, TableColumn.Of("Wrong", BooleanDataViewType.Instance, [.. _rows.Select((_, r) => r % 6 == 0)]));
    private static readonly TableView _plain = Simulated.Table(Simulated.Rows(Count));

    private static ComparisonOptions Labelled(params string[] methods) => new() { LabelColumnName = "Wrong", Methods = methods, Seed = 1 };

    private static DetectorComparison Compare(IDataView data, ComparisonOptions options) => new MLContext(1).AnomalyDetection.Compare(data, options);

    [Fact]
    public void WithLabelsTheyAreRankedByTheCurve()
    {
        DetectorComparison comparison = Compare(_labelled, Labelled(_methods));
        Assert.True(comparison.HasLabels);
        Assert.Equal((140, 0, 60, 40), (comparison.NumberOfTrainingRows, comparison.NumberOfKnownAnomalies, comparison.NumberOfNormalTestRows, comparison.NumberOfTestAnomalies));
        Assert.Equal(_methods.Order(), comparison.Detectors.Select(detector => detector.Name).Order());
        Assert.Equal(comparison.Detectors.OrderByDescending(detector => detector.Metrics!.AreaUnderRocCurve), comparison.Detectors);
        Assert.Same(comparison.Detectors[0], comparison.Best);
        Assert.All(comparison.Detectors, detector =>
        {
            Assert.Null(detector.Failure);
            Assert.InRange(detector.Metrics!.AreaUnderRocCurve, 0.85, 1);
            Assert.Equal(100, detector.Metrics.NumberOfRows);
            Assert.Equal(detector.Metrics.FalsePositives / 60.0, detector.FalseAlarmRate, 1e-12);
            Assert.Equal(detector.Metrics.DetectionRateAtFalseAlarmRate, detector.DetectionRate);
            Assert.InRange(detector.Agreement, 0.3, 1);
            Assert.True(double.IsNaN(detector.Stability));
            Assert.True(detector.FitSeconds >= 0 && detector.RowsPerSecond > 0);
        });

        // The model is there to be used, on rows that it has not seen.
        DetectorMetrics all = new MLContext().AnomalyDetection.EvaluateDetector(comparison.Best!.Model!.Transform(_labelled), "Wrong");
        Assert.InRange(all.AreaUnderRocCurve, 0.85, 1);
    }

    // One candidate is done, another in the middle of a fit that would take hours.
    [Fact]
    public void CancellingEndsTheFitThatRuns()
    {
        using var source = new CancellationTokenSource();
        var done = new List<string>();
        ComparisonOptions options = Labelled("kNN");
        options.NumberOfThreads = 2;
        options.CancellationToken = source.Token;
        options.Candidates = new Dictionary<string, IEstimator<ITransformer>>
        {
            ["Endless"] = new MLContext(1).AnomalyDetection.Trainers.Autoencoder(new AutoencoderTrainer.Options
            {
                NumberOfEpochs = int.MaxValue,
                CancellationToken = source.Token,
                Progress = new Listener<global::Adversarial.Detectors.TrainingProgress>(_ => source.Cancel()),
            }),
        };
        options.Progress = new Listener<ComparedDetector>(detector => done.Add(detector.Name));
        OperationCanceledException failure = Assert.ThrowsAny<OperationCanceledException>(() => Compare(_labelled, options));
        Assert.Equal(source.Token, failure.CancellationToken);
        Assert.DoesNotContain("Endless", done);
    }

    [Fact]
    public void WithoutLabelsTheyAreRankedByCounterexamples()
    {
        ComparisonOptions options = new() { Methods = _methods, Seed = 1, NumberOfFits = 3 };
        DetectorComparison comparison = Compare(_plain, options);
        Assert.False(comparison.HasLabels);
        Assert.Equal((168, 72, 0), (comparison.NumberOfTrainingRows, comparison.NumberOfNormalTestRows, comparison.NumberOfTestAnomalies));
        Assert.Equal(comparison.Detectors.OrderByDescending(detector => detector.Separation), comparison.Detectors);
        Assert.All(comparison.Detectors, detector =>
        {
            Assert.Null(detector.Metrics);
            Assert.InRange(detector.Separation, 0.7, 1);
            Assert.InRange(detector.Stability, 0.5, 1);
            Assert.InRange(detector.FalseAlarmRate, 0, 0.3);
            Assert.True(double.IsNaN(detector.DetectionRate));
        });
    }

    [Fact]
    public void NothingDependsOnTheThreads()
    {
        object[] Figures(int threads)
        {
            ComparisonOptions options = Labelled([.. _methods, "VAE"]);
            options.NumberOfThreads = threads;
            options.NumberOfFits = 2;
            return [.. Compare(_labelled, options).Detectors.Select(detector =>
                (object)(detector.Name, detector.Metrics!.AreaUnderRocCurve, detector.Separation, detector.Agreement, detector.Stability, detector.FalseAlarmRate))];
        }

        Assert.Equal(Figures(1), Figures(3));
    }

    [Fact]
    public void PipelinesAndOtherTrainersTakePart()
    {
        var mlContext = new MLContext(1);
        ComparisonOptions options = Labelled("kNN", "AnoEAN");
        options.Candidates = new Dictionary<string, IEstimator<ITransformer>>
        {
            ["Principal components"] = mlContext.AnomalyDetection.Trainers.RandomizedPca(rank: 2),
            ["Normalised kNN"] = mlContext.Transforms.NormalizeMinMax("Features").Append(mlContext.AnomalyDetection.Trainers.KNearestNeighbors()),
            ["No detector"] = mlContext.Transforms.NormalizeMinMax("Features"),
        };
        var told = new List<ComparedDetector>();
        options.Progress = new Listener<ComparedDetector>(told.Add);
        DetectorComparison comparison = mlContext.AnomalyDetection.Compare(_labelled, options);
        Assert.Equal(5, told.Count);
        Assert.Equal(20, comparison.NumberOfKnownAnomalies);
        Assert.Equal(20, comparison.NumberOfTestAnomalies);
        ComparedDetector failed = comparison.Detectors[^1];
        Assert.Equal("No detector", failed.Name);
        Assert.Contains("'Score'", failed.Failure);
        Assert.All(comparison.Detectors.SkipLast(1), detector => Assert.InRange(detector.Metrics!.AreaUnderRocCurve, 0.8, 1));
    }

    [Fact]
    public void TheTimeLimitEndsFits()
    {
        ComparisonOptions options = Labelled("DA3D", "kNN");
        options.TimeLimit = TimeSpan.FromTicks(1);
        DetectorComparison comparison = Compare(_labelled, options);
        Assert.All(comparison.Detectors, detector => Assert.Contains("time limit", detector.Failure));
        Assert.Null(comparison.Best);
        Assert.Contains("failed", comparison.ToMarkdown());
    }

    [Fact]
    public void TheResultIsAViewATextAndAPage()
    {
        DetectorComparison comparison = Compare(_labelled, Labelled(_methods));
        IDataView view = comparison.ToDataView();
        Assert.Equal(comparison.Detectors.Select(detector => detector.Name), view.GetColumn<string>("Name"));
        Assert.Equal(comparison.Detectors.Select(detector => detector.Metrics!.AreaUnderRocCurve), view.GetColumn<double>("AreaUnderRocCurve"));

        string[] lines = comparison.ToMarkdown().Split('\n');
        Assert.All(lines.Take(2 + _methods.Length), line => Assert.Equal(lines[0].Count(c => c == '|'), line.Count(c => c == '|')));
        Assert.StartsWith($"| {comparison.Best!.Name} | ", lines[2]);

        string html = comparison.ToHtml();
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("http", html);
        // Two pictures of curves and a histogram for each, all well-formed.
        Assert.Equal(2 + _methods.Length, html.Split("<svg").Skip(1).Count(part => XElement.Parse("<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)]).Descendants().Any()));
    }

    [Fact]
    public void WhatCannotBeComparedIsNamed()
    {
        void Refused(string part, IDataView data, Action<ComparisonOptions> change)
        {
            ComparisonOptions options = Labelled("kNN");
            change(options);
            Assert.Contains(part, Assert.ThrowsAny<Exception>(() => Compare(data, options)).Message);
        }

        Refused("'Nothing'", _labelled, options => options.Methods = ["Nothing"]);
        Refused("AnoEAN learns from known anomalies", _plain, options => (options.Methods, options.LabelColumnName) = (["AnoEAN"], null));
        Refused("nothing to compare", _labelled, options => options.Methods = []);
        Refused("TestFraction", _labelled, options => options.TestFraction = 1);
        Refused("NumberOfFits", _labelled, options => options.NumberOfFits = 0);
        Refused("'Missing'", _labelled, options => options.LabelColumnName = "Missing");
        Refused("No row is an anomaly", Simulated.Table(_rows, TableColumn.Of("Wrong", BooleanDataViewType.Instance, new bool[Count])), _ => { });
        Refused("FeatureColumnName", _labelled, options => options.FeatureColumnName = "Label");
        Assert.Contains("VaeTrainer.Options", Assert.Throws<ArgumentException>(() => new MLContext().AnomalyDetection.Trainers.Detector(new VaeTrainer.Options())).Message);
        Refused("all candidates begin at it", Simulated.Table(_rows), options => (options.FeatureColumnName, options.LabelColumnName, options.Candidates) =
            ("Pixels", null, new Dictionary<string, IEstimator<ITransformer>> { ["kNN"] = new MLContext().AnomalyDetection.Trainers.KNearestNeighbors() }));
        Refused("at least 6", Simulated.Table(_rows[..3]), options => options.LabelColumnName = null);
    }
}
