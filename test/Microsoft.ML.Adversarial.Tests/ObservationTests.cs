using Adversarial.Detectors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>What a fit tells while it runs, and how it is stopped.</summary>
public class ObservationTests
{
    private static readonly float[][] _rows = Simulated.Rows(64);

    // One batch an epoch: every step reports.
    private static AnomalyDetectorTransformer FitStepwise(Action<Da3dTrainer.Options> change) => Simulated.Fit(Simulated.Table(_rows), options =>
    {
        options.BatchSize = _rows.Length;
        change(options);
    });

    [Fact]
    public void TheContextsLogTellsEpochsLossesAndRows()
    {
        var mlContext = new MLContext(1);
        var lines = new List<LoggingEventArgs>();
        mlContext.Log += (_, line) => lines.Add(line);
        TableView data = Simulated.Table(_rows, TableColumn.Of("Bad", Data.BooleanDataViewType.Instance, [.. _rows.Select((_, r) => r < 4)]));
        Simulated.Fit(data, options => options.LabelColumnName = "Bad", mlContext);

        string[] messages = [.. lines.Where(line => line.Kind == ChannelMessageKind.Info).Select(line => line.RawMessage)];
        Assert.Contains("60 of 64 rows are labelled normal (false) in 'Bad' and are trained on.", messages);
        Assert.Contains(messages, message => message.StartsWith("autoencoder: epoch 1 of ", StringComparison.Ordinal) && message.Contains("reconstruction ", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.StartsWith("alarm: epoch 1 of ", StringComparison.Ordinal) && message.Contains("generator ", StringComparison.Ordinal));
        Assert.All(lines.Where(line => line.Kind == ChannelMessageKind.Info), line => Assert.Contains(nameof(Da3dTrainer), line.Source));
    }

    [Fact]
    public void TheLogSaysOfAnEpochWhatTheReportSays()
    {
        var mlContext = new MLContext(1);
        var lines = new List<string>();
        var reports = new List<TrainingProgress>();
        mlContext.Log += (_, line) => lines.Add(line.RawMessage);
        Simulated.Fit(Simulated.Table(_rows), options => options.Progress = new Listener<TrainingProgress>(reports.Add), mlContext);
        Assert.Equal(reports.Where(report => report.EndOfEpoch).Select(report => $"{report}"), lines.Where(line => line.Contains(": epoch ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(InputScaling.MinMax, "1 of 4 features are scaled by the detector (InputScaling is MinMax).")]
    [InlineData(InputScaling.Standard, "4 of 4 features are scaled by the detector (InputScaling is Standard).")]
    public void TheLogTellsOfScaledFeatures(InputScaling scaling, string expected)
    {
        var mlContext = new MLContext(1);
        var lines = new List<string>();
        mlContext.Log += (_, line) => lines.Add(line.RawMessage);
        Simulated.Fit(Simulated.Table([.. _rows.Select(row => (float[])[10 * row[0], .. row[1..]])]), options => options.InputScaling = scaling, mlContext);
        Assert.Contains(expected, lines);
    }

    [Fact]
    public void ProgressRisesToOneAndCarriesLosses()
    {
        var reports = new List<TrainingProgress>();
        Simulated.Fit(Simulated.Table(_rows), options => options.Progress = new Listener<TrainingProgress>(reports.Add));
        Assert.Equal(["autoencoder", "alarm"], reports.Select(report => report.Phase).Distinct());
        Assert.All(reports, report => Assert.True(report.Losses.Count > 0 && report.Losses.All(loss => double.IsFinite(loss.Value))));
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.First.Fraction < pair.Second.Fraction));
        Assert.Equal(1, reports[^1].Fraction);
    }

    [Fact]
    public void ABrokenListenerDoesNoHarm()
    {
        AnomalyDetectorTransformer model = FitStepwise(options => options.Progress = new Listener<TrainingProgress>(_ => throw new InvalidOperationException("A broken progress bar.")));
        Assert.Equal(Simulated.Bytes(FitStepwise(_ => { })), Simulated.Bytes(model));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public void CancellationIsSeenWithinOneStep(int stopAt)
    {
        using var source = new CancellationTokenSource();
        long steps = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => FitStepwise(options =>
        {
            options.CancellationToken = source.Token;
            options.Progress = CancelAt(stopAt, source, step => steps = step);
        }));
        Assert.Equal(stopAt, steps);
    }

    [Fact]
    public void CancellationCanKeepWhatWasTrained()
    {
        using var source = new CancellationTokenSource();
        var warnings = new List<string>();
        long steps = 0;
        AnomalyDetectorTransformer model = FitStepwise(options =>
        {
            options.CancellationBehavior = CancellationBehavior.KeepSoFar;
            options.CancellationToken = source.Token;
            options.Progress = CancelAt(7, source, step => steps = step, warnings.Add);
        });
        Assert.Equal("Training was cancelled after 14 % of its steps; the detector keeps what it has learned so far.", Assert.Single(warnings));
        Assert.Equal(7, steps);
        Assert.All(Simulated.Scores(model, _rows), score => Assert.True(float.IsFinite(score)));
        Assert.True(float.IsFinite(model.Threshold));
    }

    [Fact]
    public void CancellationStopsTheReading()
    {
        using var source = new CancellationTokenSource();
        var data = new TableView(long.MaxValue, TableColumn.Computed("Features", TableColumn.VectorOf(2), (long row, ref Data.VBuffer<float> value) =>
        {
            if (row == 1000)
                source.Cancel();
            value = new Data.VBuffer<float>(2, [0.5f, row % 2]);
        }));
        Assert.ThrowsAny<OperationCanceledException>(() => Simulated.Fit(data, options => options.CancellationToken = source.Token));
        Assert.Equal(0, data.OpenCursors);
        Assert.InRange(data.RowsRead, 1001, 1002);
    }

    private static Listener<TrainingProgress> CancelAt(int step, CancellationTokenSource source, Action<long> seen, Action<string>? warned = null) => new(report =>
    {
        if (report.Warning is { } warning)
        {
            warned?.Invoke(warning);
            return;
        }

        seen(report.Step);
        if (report.Step == step)
            source.Cancel();
    });

    // What AutoML does when its time is over: ML.NET has no public way.
    [Fact]
    public void TheContextsOwnCancellationStopsAFit()
    {
        var mlContext = new MLContext(1);
        var reports = new List<TrainingProgress>();
        var trainer = mlContext.AnomalyDetection.Trainers.Da3d(new Da3dTrainer.Options
        {
            NumberOfPretrainingEpochs = 100_000,
            Progress = new Listener<TrainingProgress>(report =>
            {
                reports.Add(report);
                if (reports.Count == 1)
                    typeof(MLContext).GetMethod("CancelExecution", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.Invoke(mlContext, null);
            }),
        });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Simulated.Table(_rows)));
        Assert.InRange(reports.Count, 1, 99_999);
    }
}
