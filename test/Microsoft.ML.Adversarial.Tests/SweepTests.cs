using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Sweeps: what they choose, that they can be broken off, and what they refuse.</summary>
public class SweepTests
{
    private const int Count = 360;

    private static readonly float[][] _rows = Simulated.Rows(Count, anomalous: r => r % 6 == 0);
    private static readonly TableView _labelled = Simulated.Table(_rows, TableColumn.Of("Wrong", BooleanDataViewType.Instance, [.. _rows.Select((_, r) => r % 6 == 0)]));
    private static readonly TableView _plain = Simulated.Table(Simulated.Rows(Count));

    private static SweepOptions Options(string method = "kNN", int trials = 6) => new() { Method = method, NumberOfTrials = trials, Seed = 1, LabelColumnName = "Wrong" };

    private static DetectorSweep Sweep(IDataView data, SweepOptions options) => new MLContext(1).AnomalyDetection.Sweep(data, options);

    private static object[] Figures(DetectorSweep sweep) =>
        [sweep.Best.Number, sweep.Metrics?.AreaUnderRocCurve ?? 0, sweep.Separation, .. sweep.Trials.Select(trial => (object)(trial.Number, trial.Criterion, trial.RowShare, trial.Failure, string.Join(' ', trial.Values)))];

    [Fact]
    public void TheBestTrialIsFittedAnewAndMeasuredOnOtherRows()
    {
        DetectorSweep sweep = Sweep(_labelled, Options());
        Assert.Equal(Enumerable.Range(0, 6), sweep.Trials.Select(trial => trial.Number));
        Assert.Empty(sweep.Trials[0].Values);
        Assert.Equal(sweep.Trials.Max(trial => trial.Criterion), sweep.Best.Criterion);
        Assert.All(sweep.Trials, trial => Assert.Equal((1, null), (trial.RowShare, trial.Failure)));

        // 300 normal rows: 60 are tested on and with them half of the anomalies; the model is fitted to the other 240.
        Assert.Equal(60 + 30, sweep.Metrics!.NumberOfRows);
        Assert.Equal(30, sweep.Metrics.TruePositives + sweep.Metrics.FalseNegatives);
        Assert.Equal(240, sweep.Model.Model.TrainingScores.Length);
        DetectorDescriptor method = DetectorRegistry.Get(sweep.Method);
        Assert.All(sweep.Best.Values, value => Assert.Equal(value.Value, method.GetOption(sweep.BestOptions, value.Key)));
        Assert.InRange(sweep.Metrics.AreaUnderRocCurve, 0.85, 1);
        Assert.Contains("| Trial | Criterion |", sweep.ToMarkdown(), StringComparison.Ordinal);
        Assert.Equal(6, sweep.ToDataView().GetColumn<double>("Criterion").Count());
        Assert.Equal(sweep.Trials.Select(trial => trial.Values.GetValueOrDefault("NumberOfNeighbors", "")), sweep.ToDataView().GetColumn<string>("NumberOfNeighbors"));
    }

    [Fact]
    public void ATimeLimitBeyondATimersIsNone()
    {
        SweepOptions options = Options(trials: 2);
        options.TimeLimit = TimeSpan.MaxValue;
        Assert.All(Sweep(_labelled, options).Trials, trial => Assert.Null(trial.Failure));
    }

    // The fits have tokens of their own, as a time limit ends them too.
    [Fact]
    public void AFitThatIsCancelledEndsTheSweepByTheCallersToken()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        SweepOptions options = Options("Autoencoder");
        options.Options = new AutoencoderOptions { NumberOfEpochs = 100_000, MaximumNumberOfSteps = null };
        options.CancellationToken = source.Token;
        Assert.Equal(source.Token, Assert.ThrowsAny<OperationCanceledException>(() => Sweep(_labelled, options)).CancellationToken);
    }

    [Fact]
    public void WithoutLabelsSeparationDecides()
    {
        SweepOptions options = Options();
        options.LabelColumnName = null;
        DetectorSweep sweep = Sweep(_plain, options);
        Assert.Null(sweep.Metrics);
        Assert.InRange(sweep.Best.Criterion, 0.7, 1);
        Assert.InRange(sweep.Separation, 0.7, 1);
    }

    [Fact]
    public void MethodsThatLearnFromAnomaliesGetSome()
    {
        DetectorSweep sweep = Sweep(_labelled, Options("Cost-sensitive SVM", 3));
        Assert.InRange(sweep.Metrics!.AreaUnderRocCurve, 0.85, 1);
    }

    [Fact]
    public void NothingDependsOnTheThreads()
    {
        SweepOptions one = Options("Autoencoder", 4), three = Options("Autoencoder", 4);
        (one.NumberOfThreads, three.NumberOfThreads) = (1, 3);
        Assert.Equal(Figures(Sweep(_labelled, one)), Figures(Sweep(_labelled, three)));
    }

    [Fact]
    public void SuccessiveHalvingDropsTwoThirdsOfTheTrials()
    {
        SweepOptions options = Options(trials: 9);
        options.Strategy = SweepStrategy.SuccessiveHalving;
        var told = new List<SweepTrial>();
        options.Progress = new Listener<SweepTrial>(told.Add);
        float[][] rows = Simulated.Rows(2 * Count, anomalous: r => r % 6 == 0);
        DetectorSweep sweep = Sweep(Simulated.Table(rows, TableColumn.Of("Wrong", BooleanDataViewType.Instance, [.. rows.Select((_, r) => r % 6 == 0)])), options);
        Assert.Equal(9 + 3, told.Count);
        Assert.Equal(3, sweep.Trials.Count(trial => trial.RowShare == 1));
        Assert.Equal(1, sweep.Best.RowShare);
        Assert.All(told.Take(9), trial => Assert.Equal(1.0 / 3, trial.RowShare));
    }

    [Theory]
    [InlineData("kNN", SweepStrategy.RandomSearch)]
    [InlineData("DA3D", SweepStrategy.RandomSearch)]
    [InlineData("kNN", SweepStrategy.SuccessiveHalving)]
    public void ABrokenOffSweepGoesOnAndEndsAsIfItHadNot(string method, SweepStrategy strategy)
    {
        using var folder = new TemporaryFolder();
        SweepOptions Make(string? path)
        {
            SweepOptions options = Options(method, 6);
            (options.Strategy, options.CheckpointPath, options.NumberOfThreads) = (strategy, path, 1);
            if (method == "DA3D")
                options.Options = new Da3dOptions { MaximumNumberOfSteps = 20, EnsembleSize = 1 };
            return options;
        }

        object[] whole = Figures(Sweep(_labelled, Make(null)));
        string path = folder.File("sweep.jsonl");
        using var source = new CancellationTokenSource();
        int done = 0;
        SweepOptions broken = Make(path);
        broken.CancellationToken = source.Token;
        broken.Progress = new Listener<SweepTrial>(_ =>
        {
            if (++done == 3)
                source.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Sweep(_labelled, broken));

        // A process that ends while it writes leaves the beginning of a line.
        Assert.Equal(1 + 3, File.ReadAllLines(path).Length);
        File.AppendAllText(path, "{\"trial\":\"3\",\"sha");
        SweepOptions resumed = Make(path);
        resumed.Seed = null;
        Assert.Equal(whole, Figures(Sweep(_labelled, resumed)));

        // With more trials it goes further.
        SweepOptions more = Make(path);
        (more.NumberOfTrials, more.Strategy) = (8, SweepStrategy.RandomSearch);
        DetectorSweep further = Sweep(_labelled, more);
        Assert.Equal(8, further.Trials.Count);
        if (strategy == SweepStrategy.RandomSearch)
            Assert.Equal(whole[3..9], Figures(further)[3..9]);
    }

    [Fact]
    public void ACheckpointOfAnotherSweepIsRefusedAndStays()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("sweep.jsonl");
        SweepOptions options = Options(trials: 2);
        options.CheckpointPath = path;
        Sweep(_labelled, options);
        string kept = File.ReadAllText(path);

        string Refused(Action<SweepOptions> change, IDataView? data = null)
        {
            SweepOptions other = Options(trials: 2);
            other.CheckpointPath = path;
            change(other);
            return Assert.Throws<InvalidOperationException>(() => Sweep(data ?? _labelled, other)).Message;
        }

        Assert.Contains("another method, other options or other rows", Refused(other => other.Method = "LOF"), StringComparison.Ordinal);
        Assert.Contains("another method, other options or other rows", Refused(other => other.Metric = DetectorMetric.F1Score), StringComparison.Ordinal);
        Assert.Contains("another method, other options or other rows", Refused(other => other.LabelColumnName = null, _plain), StringComparison.Ordinal);
        Assert.Contains("with the seed 1, not 2", Refused(other => other.Seed = 2), StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllText(path));

        File.WriteAllText(path, "something else");
        Assert.Contains("no checkpoint of a sweep", Assert.Throws<FormatException>(() => Sweep(_labelled, options)).Message, StringComparison.Ordinal);
        Assert.Equal("something else", File.ReadAllText(path));
    }

    [Fact]
    public void TheTimeLimitKeepsWhatWasFound()
    {
        SweepOptions options = Options(trials: 4);
        options.NumberOfThreads = 1;
        options.TimeLimit = TimeSpan.FromSeconds(1);
        options.Progress = new Listener<SweepTrial>(_ => Thread.Sleep(1100));
        DetectorSweep sweep = Sweep(_labelled, options);
        Assert.Equal(0, sweep.Best.Number);
        Assert.All(sweep.Trials.Skip(1), trial => Assert.Contains("time limit", trial.Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void FailedTrialsAreReportedAndTheOthersGoOn()
    {
        SweepOptions options = Options(trials: 8);
        options.Method = "Gaussian mixture";
        options.SearchSpace = [SearchDimension.Choice("NumberOfComponents", "1", "1000")];
        DetectorSweep sweep = Sweep(_labelled, options);
        Assert.Equal("1", sweep.Best.Values.GetValueOrDefault("NumberOfComponents", "1"));
        Assert.All(sweep.Trials, trial => Assert.Equal(trial.Failure is null, !double.IsNaN(trial.Criterion)));
    }

    [Fact]
    public void WhatCannotBeSweptIsRefused()
    {
        void Refused<T>(string message, Action<SweepOptions> change, IDataView? data = null)
            where T : Exception
        {
            SweepOptions options = Options();
            change(options);
            Assert.Contains(message, Assert.ThrowsAny<T>(() => Sweep(data ?? _labelled, options)).Message, StringComparison.Ordinal);
        }

        Refused<ArgumentException>("There is no method 'k'", options => options.Method = "k");
        Refused<ArgumentOutOfRangeException>("NumberOfTrials", options => options.NumberOfTrials = 0);
        Refused<ArgumentException>("kNN has no option 'Sigma'", options => options.SearchSpace = [SearchDimension.Range("Sigma", 1, 2)]);
        Refused<ArgumentException>("Option InputScaling takes Standard, Robust, MinMax, None; 'Best' is not that", options => options.SearchSpace = [SearchDimension.Choice("InputScaling", "Standard", "Best")]);
        Refused<ArgumentException>("none was valid", options => options.SearchSpace = [SearchDimension.Range("NumberOfNeighbors", -5, -1, isInteger: true)]);
        Refused<ArgumentException>("searched twice", options => options.SearchSpace = [SearchDimension.Range("NumberOfNeighbors", 1, 2, isInteger: true), SearchDimension.Range("numberOfNeighbors", 1, 2, isInteger: true)]);
        Refused<ArgumentException>("is of DA3D", options => options.Options = new Da3dOptions());
        Refused<ArgumentException>("share the file", options => (options.Method, options.Options) = ("DA3D", new Da3dOptions { CheckpointPath = "x" }));
        Refused<ArgumentException>("learns from known anomalies", options => (options.Method, options.LabelColumnName) = ("AnoEAN", null));
        Refused<ArgumentOutOfRangeException>("Nowhere", options => options.FeatureColumnName = "Nowhere");
        Refused<InvalidOperationException>("normal rows", options => options.LabelColumnName = null, Simulated.Table(Simulated.Rows(5)));
        Refused<DirectoryNotFoundException>("does not exist", options => options.CheckpointPath = Path.Combine("no such folder", "x"));
    }

    [Fact]
    public void ResultsAreTheSameInAnyCulture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        string markdown = Sweep(_labelled, Options("Autoencoder", 2)).ToMarkdown();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            string other = Sweep(_labelled, Options("Autoencoder", 2)).ToMarkdown();
            Assert.Equal(Head(markdown), Head(other));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        // Without the seconds.
        static string Head(string text) => string.Join('\n', text.Split('\n').Select(line => string.Join('|', line.Split('|').Where((_, column) => column != 4))));
    }
}
