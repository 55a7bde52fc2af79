using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Adversarial.Orleans;

namespace ClusterTests;

/// <summary>What is fitted over a cluster is, to the bit, what is fitted in one process.</summary>
public class FitTests(TwoSilos cluster) : IClassFixture<TwoSilos>
{
    private readonly MLContext _context = new(seed: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterRows Few(string? label = null) => ClusterRows.FromView(_context, SimulatedRows.View(_context, 200), "Features", label);

    [Fact]
    public async Task AnEnsembleEqualsThatOfOneProcess()
    {
        var options = new VaeOptions { EnsembleSize = 4, Seed = 7, NumberOfEpochs = 2, NumberOfThreads = 2 };
        var progress = new Log();
        AnomalyDetectorTransformer model = await cluster.Client.FitAsync(_context, options, Few(), new ClusterJobOptions { Progress = progress }, Cancellation);
        Assert.Equal(SimulatedRows.Bytes(SimulatedRows.FitHere(_context, options, SimulatedRows.View(_context, 200))), SimulatedRows.Bytes(model));
        Assert.Equal(4, progress.Done.Count);
        Assert.Equal(2, progress.Done.Select(done => done.Silo).Distinct().Count());
        Assert.Equal([1, 2, 3, 4], progress.Done.Select(done => done.Done));
    }

    [Fact]
    public async Task ACommitteeEqualsThatOfOneProcess()
    {
        var options = new CommitteeOptions { Members = [new("kNN"), new("Isolation forest"), new(new AutoencoderOptions { NumberOfEpochs = 2 })], Seed = 3, NumberOfThreads = 2 };
        AnomalyDetectorTransformer model = await cluster.Client.FitAsync(_context, options, Few(), null, Cancellation);
        Assert.Equal(SimulatedRows.Bytes(SimulatedRows.FitHere(_context, options, SimulatedRows.View(_context, 200))), SimulatedRows.Bytes(model));
    }

    [Fact]
    public async Task SeedsAndMethodsTogetherEqualThoseOfOneProcess()
    {
        string file = cluster.Folder["rows.idv"];
        using (FileStream stream = File.Create(file))
            _context.Data.SaveAsBinary(SimulatedRows.View(_context, 300), stream);
        DetectorOptions[] options =
        [
            new AnoEanOptions { Seed = 1, NumberOfEpochs = 2, EnsembleSize = 1 },
            new AnoEanOptions { Seed = 2, NumberOfEpochs = 2, EnsembleSize = 2 },
            new KNearestNeighborsOptions { Seed = 3 },
            new ArnOptions { Seed = 4, MaximumNumberOfSteps = 10, EnsembleSize = 1 },
        ];
        IReadOnlyList<AnomalyDetectorTransformer> models = await cluster.Client.FitAllAsync(_context, options, ClusterRows.FromFile(file, ClusterFileFormat.Binary, "Features", "Label"), null, Cancellation);
        for (int i = 0; i < options.Length; i++)
            Assert.Equal(SimulatedRows.Bytes(SimulatedRows.FitHere(_context, options[i], SimulatedRows.View(_context, 300), "Label")), SimulatedRows.Bytes(models[i]));
        Assert.Equal(4, models.Select(SimulatedRows.Bytes).Distinct(new SameBytes()).Count());
    }

    [Fact]
    public async Task ALargeModelComesWhole()
    {
        var options = new AutoencoderOptions { Seed = 1, EnsembleSize = 1, EncoderLayerSizes = [600, 500], MaximumNumberOfSteps = 1 };
        AnomalyDetectorTransformer model = await cluster.Client.FitAsync(_context, options, Few(), null, Cancellation);
        Assert.True(SimulatedRows.Bytes(model).Length > 1 << 20);
        Assert.Equal(SimulatedRows.Bytes(SimulatedRows.FitHere(_context, options, SimulatedRows.View(_context, 200))), SimulatedRows.Bytes(model));
    }

    [Fact]
    public async Task DivergenceIsThatOfOneProcess()
    {
        var options = new AutoencoderOptions { EnsembleSize = 2, LearningRate = 1e30f, MaximumNumberOfSteps = 5, Seed = 3 };
        string here = Assert.Throws<TrainingDivergedException>(() => SimulatedRows.FitHere(_context, options, SimulatedRows.View(_context, 200))).Message;
        TrainingDivergedException there = await Assert.ThrowsAsync<TrainingDivergedException>(() => cluster.Client.FitAsync(_context, options, Few(), null, Cancellation));
        Assert.EndsWith(here, there.Message);
    }

    [Fact]
    public async Task ARowThatCannotBeTrainedOnFailsAtOnceAndNamesTheJob()
    {
        SimulatedRows.Row[] rows = SimulatedRows.Draw(50, 1);
        rows[17].Features[2] = float.NaN;
        ClusterRows bad = ClusterRows.FromView(_context, _context.Data.LoadFromEnumerable(rows));
        ClusterJobException failure = await Assert.ThrowsAsync<ClusterJobException>(() => cluster.Client.FitAsync(_context, new VaeOptions { EnsembleSize = 1 }, bad, null, Cancellation));
        Assert.Contains("fit (VAE), on silo silo ", failure.Message);
        Assert.Contains("try 1: InvalidOperationException", failure.Message);
        Assert.Contains("17", failure.Message);
    }

    [Fact]
    public async Task AFileThatIsNowhereIsSoughtElsewhereAndNamed()
    {
        ClusterRows nowhere = ClusterRows.FromFile(cluster.Folder["nowhere.idv"], ClusterFileFormat.Binary);
        var progress = new Log();
        ClusterJobException failure = await Assert.ThrowsAsync<ClusterJobException>(() => cluster.Client.FitAsync(_context, new KNearestNeighborsOptions(), nowhere, new ClusterJobOptions { NumberOfRetries = 1, Progress = progress }, Cancellation));
        Assert.Equal(2, failure.Tries);
        Assert.Contains("nowhere.idv", failure.Message);
        Assert.Contains("shared folder", failure.Message);
        Assert.Single(progress.Again);
    }

    [Fact]
    public async Task AFileOutsideOfTheSilosFoldersIsRefused()
    {
        ClusterJobException failure = await Assert.ThrowsAsync<ClusterJobException>(() => cluster.Client.FitAsync(_context, new KNearestNeighborsOptions(), ClusterRows.FromFile("/etc/hostname", ClusterFileFormat.Binary), null, Cancellation));
        Assert.Contains(nameof(DetectorSiloOptions.Folders), failure.Message);
    }

    [Fact]
    public async Task CancellationFreesTheSilos()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task fit = cluster.Client.FitAsync(_context, new VaeOptions { EnsembleSize = 4, NumberOfEpochs = 1_000_000 }, Few(), null, soon.Token);
        soon.CancelAfter(500);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);
        // Where a job went on, this one would wait for its core.
        await cluster.Client.FitAllAsync(_context, [new KNearestNeighborsOptions(), new KNearestNeighborsOptions()], Few(), new ClusterJobOptions { Deadline = TimeSpan.FromSeconds(20) }, Cancellation);
    }

    [Fact]
    public async Task TheDeadlineEndsAJobAndSaysSo()
    {
        var jobs = new ClusterJobOptions { Deadline = TimeSpan.FromMilliseconds(300) };
        ClusterJobException failure = await Assert.ThrowsAsync<ClusterJobException>(() => cluster.Client.FitAsync(_context, new VaeOptions { NumberOfEpochs = 1_000_000 }, Few(), jobs, Cancellation));
        Assert.Contains(nameof(ClusterJobOptions.Deadline), failure.Message);
    }

    [Fact]
    public async Task WhatIsWrongWithTheOptionsIsToldBeforeAnyJob()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Client.FitAsync(_context, new VaeOptions { CheckpointPath = "x" }, Few(), null, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cluster.Client.FitAsync(_context, new VaeOptions { LearningRate = -1 }, Few(), null, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cluster.Client.FitAsync(_context, new VaeOptions(), Few(), new ClusterJobOptions { NumberOfRetries = -1 }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Client.FitAsync(_context, new AnoEanOptions(), Few(), null, Cancellation));
    }

    [Fact]
    public void RowsThatAreTooManyToTravelAreToGoToAFile()
    {
        IDataView many = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 400_000).Select(i => new Wide { Features = [.. Enumerable.Range(0, 12).Select(c => MathF.Sin(i * 31 + c))] }));
        Assert.Contains(nameof(ClusterRows.FromFile), Assert.Throws<ArgumentException>(() => ClusterRows.FromView(_context, many)).Message);
    }

    private sealed class Wide
    {
        [Microsoft.ML.Data.VectorType(12)]
        public float[] Features { get; set; } = [];
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}

/// <summary>Keeps what is reported.</summary>
internal sealed class Log : IProgress<ClusterProgress>
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<ClusterProgress> _reports = new();

    public IReadOnlyList<ClusterProgress> Done => [.. _reports.Where(report => report.Warning is null)];

    public IReadOnlyList<ClusterProgress> Again => [.. _reports.Where(report => report.Warning is not null)];

    public void Report(ClusterProgress value) => _reports.Enqueue(value);
}
