using System.Diagnostics;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>How much memory fits and scores take. Alone: other tests' objects must not count.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public class MemoryTests
{
    private const long Megabyte = 1L << 20;

    // Values without a table behind them, without memory.
    private static TableView Generated(long rows, int columns) => new(rows, TableColumn.Computed("Features", TableColumn.VectorOf(columns),
        (long row, ref VBuffer<float> value) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, columns);
            uint state = (uint)row * 2654435761u + 1;
            for (int i = 0; i < columns; i++)
            {
                state = state * 1664525u + 1013904223u;
                editor.Values[i] = (state >> 8) / (float)(1 << 24);
            }

            value = editor.Commit();
        }));

    [Fact]
    public void AFitHoldsTheMatrixOnceAnd150MegabytesAtMost()
    {
        const int Rows = 300_000;
        const int Columns = 40;
        const long Allowed = (long)Rows * Columns * sizeof(float) + 150 * Megabyte;
        TableView data = Generated(Rows, Columns);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long live = 0;
        var watch = new WorkingSetWatch();
        Simulated.Fit(data, options =>
        {
            options.MaximumNumberOfSteps = 5;
            options.NumberOfThreads = 2;
            options.Progress = new Listener<TrainingProgress>(_ => live = Math.Max(live, GC.GetTotalMemory(forceFullCollection: true) - before));
        });
        long grown = watch.Stop();
        TestContext.Current.TestOutputHelper?.WriteLine($"live {live / Megabyte} MB, working set +{grown / Megabyte} MB, allowed {Allowed / Megabyte} MB");
        Assert.InRange(live, (long)Rows * Columns * sizeof(float) / 2, Allowed);
        Assert.True(grown <= Allowed, $"The working set grew by {grown / Megabyte} MB where {Allowed / Megabyte} MB are allowed.");
    }

    // With ADVERSARIAL_FULL_TESTS=1 a hundred million rows, of which a million are kept: 20 s.
    [Fact]
    public void OfAnyNumberOfRowsASampleIsHeld()
    {
        bool full = Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1";
        long rows = full ? 100_000_000 : 3_000_000;
        int kept = full ? 1_000_000 : 30_000;
        const int Columns = 30;
        long allowed = (long)kept * Columns * sizeof(float) + 150 * Megabyte;
        TableView data = Generated(rows, Columns);
        var watch = new WorkingSetWatch();
        AnomalyDetectorTransformer model = Simulated.Fit(data, options => (options.MaximumNumberOfSteps, options.MaximumTrainingRows) = (5, kept));
        long grown = watch.Stop();
        TestContext.Current.TestOutputHelper?.WriteLine($"working set +{grown / Megabyte} MB, allowed {allowed / Megabyte} MB");
        Assert.Equal(kept, model.Model.TrainingScores.Length);
        Assert.Equal(rows, data.RowsRead);
        Assert.True(grown <= allowed, $"The working set grew by {grown / Megabyte} MB where {allowed / Megabyte} MB are allowed.");
    }

    /// <summary>Methods whose fits on images took most; with ADVERSARIAL_FULL_TESTS=1 all that have networks for images.</summary>
    public static TheoryData<string> ImageMethods() =>
        Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1"
            ? [.. DetectorRegistry.All.Where(method => method.CreateOptions() is DetectorOptions { LeastAnomalies: 0 } and IImageOptions).Select(method => method.Name)]
            : ["DA3D"];

    [Theory]
    [MemberData(nameof(ImageMethods))]
    public void AFitHoldsImagesOnceAnd300MegabytesAtMost(string method)
    {
        const int Images = 2000;
        const int Side = 28;

        // Runtime and libraries are there already, and count in what is allowed to a process.
        const long Allowed = (long)Images * Side * Side * sizeof(float) + 225 * Megabyte;
        var options = (NetworkDetectorOptions)DetectorRegistry.Get(method).CreateOptions();
        (options.MaximumNumberOfSteps, options.NumberOfThreads, ((IImageOptions)options).ImageShape) = (3, 2, new ImageShape(Side, Side));
        TableView data = Generated(Images, Side * Side);
        GC.Collect();
        var watch = new WorkingSetWatch();
        new MLContext(1).AnomalyDetection.Trainers.Detector(options).Fit(data);
        long grown = watch.Stop();
        TestContext.Current.TestOutputHelper?.WriteLine($"working set +{grown / Megabyte} MB, allowed {Allowed / Megabyte} MB");
        Assert.True(grown <= Allowed, $"The working set grew by {grown / Megabyte} MB where {Allowed / Megabyte} MB are allowed.");
    }

    [Fact]
    public void ScoringFiveMillionRowsStreams()
    {
        const int Rows = 5_000_000;
        const int Steps = 5;
        const int Columns = 3;
        AnomalyDetectorTransformer model = Simulated.Fit(Generated(100, Columns));
        IDataView scored = model.Transform(Generated(Rows, Columns));
        DataViewSchema.Column score = scored.Schema["Score"];
        DataViewSchema.Column features = scored.Schema["Features"];
        using DataViewRowCursor cursor = scored.GetRowCursor([features, score]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        VBuffer<float> vector = default;
        float value = 0;
        long rows = 0;
        var memory = new List<long>();
        long allocated = 0;
        while (cursor.MoveNext())
        {
            getScore(ref value);
            getFeatures(ref vector);
            if (++rows % (Rows / Steps) != 0)
                continue;
            memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            allocated = rows == Rows / Steps ? GC.GetAllocatedBytesForCurrentThread() : allocated;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal(Rows, rows);
        Assert.True(float.IsFinite(value));
        Assert.True(memory.Max() - memory[0] < Megabyte, $"Live bytes: {string.Join(", ", memory)}");
        Assert.True(allocated < Megabyte, $"{allocated} bytes were allocated for {Rows - Rows / Steps} rows.");
    }

    /// <summary>The largest growth of the process's working set while it watches.</summary>
    private sealed class WorkingSetWatch
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread _thread;
        private readonly long _before = Now();
        private long _peak;

        public WorkingSetWatch()
        {
            _thread = new Thread(() =>
            {
                while (!_stop.Token.WaitHandle.WaitOne(5))
                    _peak = Math.Max(_peak, Now());
            });
            _thread.Start();
        }

        public long Stop()
        {
            _stop.Cancel();
            _thread.Join();
            _stop.Dispose();
            return _peak - _before;
        }

        private static long Now()
        {
            using Process process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }
}
