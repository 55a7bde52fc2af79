using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Adversarial.Orleans;

namespace ClusterTests;

/// <summary>A sweep over a cluster is the sweep of one process.</summary>
public class SweepTests(TwoSilos cluster) : IClassFixture<TwoSilos>
{
    private readonly MLContext _context = new(seed: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterRows Rows => ClusterRows.FromView(_context, SimulatedRows.View(_context, 600), "Features", "Label");

    private static SweepOptions Options => new()
    {
        Method = "VAE",
        Options = new VaeOptions { EnsembleSize = 1, NumberOfEpochs = 1 },
        LabelColumnName = "Label",
        NumberOfTrials = 6,
        Strategy = SweepStrategy.SuccessiveHalving,
        Seed = 3,
    };

    [Fact]
    public async Task TrialsChoiceAndModelAreThoseOfOneProcess()
    {
        DetectorSweep here = _context.AnomalyDetection.Sweep(SimulatedRows.View(_context, 600), Options);
        var log = new Log();
        DetectorSweep there = await cluster.Client.SweepAsync(_context, Options, Rows, new ClusterJobOptions { Progress = log }, Cancellation);
        Assert.Equal(here.Trials.Select(trial => trial.ToString()), there.Trials.Select(trial => trial.ToString()));
        Assert.Equal(here.Trials.Select(trial => trial.Criterion), there.Trials.Select(trial => trial.Criterion));
        Assert.Equal(here.Best.Number, there.Best.Number);
        Assert.Equal(SimulatedRows.Bytes(here.Model), SimulatedRows.Bytes(there.Model));
        // Some of them went on to all rows.
        Assert.True(log.Done.Count > 6);
        Assert.Equal(2, log.Done.Select(done => done.Silo).Distinct().Count());
    }

    [Fact]
    public async Task ATrialThatFailsSaysWhyAsInOneProcess()
    {
        SweepOptions options = Options;
        options.SearchSpace = [SearchDimension.Choice("LearningRate", "1e30", "0.001")];
        options.Strategy = SweepStrategy.RandomSearch;
        DetectorSweep here = _context.AnomalyDetection.Sweep(SimulatedRows.View(_context, 600), options);
        DetectorSweep there = await cluster.Client.SweepAsync(_context, options, Rows, null, Cancellation);
        Assert.Contains(there.Trials, trial => trial.Failure is not null);
        Assert.Equal(here.Trials.Select(trial => trial.Failure), there.Trials.Select(trial => trial.Failure));
    }

    [Fact]
    public async Task TheTimeLimitEndsIt()
    {
        SweepOptions options = Options;
        options.Options = new VaeOptions { EnsembleSize = 1, NumberOfEpochs = 1_000_000 };
        options.TimeLimit = TimeSpan.FromMilliseconds(500);
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Client.SweepAsync(_context, options, Rows, null, Cancellation));
        Assert.Contains("time limit", failure.Message);
    }
}
