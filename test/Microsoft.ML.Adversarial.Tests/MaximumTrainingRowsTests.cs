using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Inputs of more rows than memory is to hold.</summary>
[Collection(nameof(MemoryTests))]
public class MaximumTrainingRowsTests
{
    private const int Rows = 3000;
    private const int Most = 200;

    private static readonly float[][] _rows = Simulated.Rows(Rows);

    [Fact]
    public void OnePassKeepsTheSampleThatADetectorWouldDraw()
    {
        TableView data = Simulated.Table(_rows);
        var log = new List<string>();
        var context = new MLContext(1);
        context.Log += (_, message) => log.Add(message.Message);
        AnomalyDetectorTransformer sampled = Simulated.Fit(data, options => options.MaximumTrainingRows = Most, context);
        Assert.Equal(Rows, data.RowsRead);
        Assert.Contains(log, message => message.Contains("200 of 3,000 normal rows are kept, drawn by the seed (MaximumTrainingRows).", StringComparison.Ordinal));

        Da3dTrainer.Options options = Simulated.FastOptions();
        options.MaximumTrainingRows = Most;
        Detector detector = DetectorRegistry.Get("DA3D").Create(options, Simulated.Columns);
        detector.Fit(FeatureMatrix.FromRows(_rows));
        Assert.Equal(detector.Score(FeatureMatrix.FromRows(_rows)), Simulated.Scores(sampled, _rows));
    }

    [Fact]
    public void RowsThatAreNotDrawnAreNotComputed()
    {
        long computed = 0;
        var data = new TableView(Rows, TableColumn.Computed("Features", TableColumn.VectorOf(Simulated.Columns), (long row, ref VBuffer<float> value) =>
        {
            computed++;
            value = new VBuffer<float>(Simulated.Columns, _rows[row]);
        }));
        Simulated.Fit(data, options => options.MaximumTrainingRows = Most);
        // Of the later rows so many take a place in the mean: 200 * ln(3000 / 200) = 542.
        Assert.InRange(computed, Most + 542 - 130, Most + 542 + 130);
    }

    [Fact]
    public void OnlyNormalRowsCount()
    {
        bool[] bad = [.. _rows.Select((_, r) => r % 3 == 0)];
        TableView data = Simulated.Table(_rows, TableColumn.Of("Bad", BooleanDataViewType.Instance, bad));
        AnomalyDetectorTransformer sampled = Simulated.Fit(data, options => (options.MaximumTrainingRows, options.LabelColumnName) = (Most, "Bad"));
        AnomalyDetectorTransformer ofNormal = Simulated.Fit(Simulated.Table([.. _rows.Where((_, r) => !bad[r])]), options => options.MaximumTrainingRows = Most);
        Assert.Equal(Simulated.Scores(ofNormal, _rows), Simulated.Scores(sampled, _rows));
        Assert.Equal(Most, sampled.Model.TrainingScores.Length);
    }

    [Fact]
    public void FewerRowsAreAllKept()
    {
        AnomalyDetectorTransformer all = Simulated.Fit(Simulated.Table(_rows[..100])), bounded = Simulated.Fit(Simulated.Table(_rows[..100]), options => options.MaximumTrainingRows = 100);
        Assert.Equal(Simulated.Scores(all, _rows), Simulated.Scores(bounded, _rows));
    }

    [Fact]
    public void ComparisonsAndSweepsKeepASampleToo()
    {
        TableView data = Simulated.Table(_rows, TableColumn.Of("Bad", BooleanDataViewType.Instance, [.. _rows.Select((_, r) => r % 10 == 0)]));
        var context = new MLContext(1);
        var log = new List<string>();
        context.Log += (_, message) => log.Add(message.Message);
        DetectorComparison comparison = context.AnomalyDetection.Compare(data, new ComparisonOptions { Methods = ["kNN"], LabelColumnName = "Bad", MaximumRows = 150, Seed = 2 });
        Assert.Null(Assert.Single(comparison.Detectors).Failure);
        Assert.Contains(log, message => message.Contains("150 of 2,700 normal rows are kept", StringComparison.Ordinal));
        Assert.Contains(log, message => message.Contains("150 of 300 anomalies are kept", StringComparison.Ordinal));
        log.Clear();
        DetectorSweep sweep = context.AnomalyDetection.Sweep(data, new SweepOptions { Method = "kNN", NumberOfTrials = 2, MaximumRows = 150, Seed = 2 });
        Assert.Contains(log, message => message.Contains("150 of 3,000 normal rows are kept", StringComparison.Ordinal));
        Assert.Equal(120, sweep.Model!.Model.TrainingScores.Length);
        Assert.Equal("Seed", Assert.Throws<ArgumentOutOfRangeException>(() => context.AnomalyDetection.Sweep(data, new SweepOptions { Method = "kNN", MaximumRows = 150, CheckpointPath = "sweep" })).ParamName);
    }

    [Fact]
    public void TooManyRowsAreRefusedFromTheFirstOnesByName()
    {
        long inUse = GC.GetTotalMemory(forceFullCollection: true);
        // Room for some 30,000 rows of 4 features and what a fit adds to them.
        var memory = new RowMemory(new CountedView(50_000), columns: 4, new RowLimit(null, 1, "MaximumTrainingRows"), kinds: 1, available: inUse + 1_600_000 + (1 << 20));
        for (int kept = 0; kept < 10_000; kept++)
            memory.Require(kept, kept);
        memory.Require(9_999, 19_998);
        // Of 20,000 rows half were kept.
        memory.Require(10_000, 20_000);
        string message = Assert.Throws<InvalidOperationException>(() => memory.Require(10_000, 5_000)).Message;
        Assert.StartsWith("About 100,000 training rows of 4 features take some 0.0 GB of memory", message, StringComparison.Ordinal);
        Assert.Contains("Set MaximumTrainingRows: of more rows a uniform sample is drawn in one pass", message);

        // An input that does not know how many rows it has is refused when they have filled the memory.
        var unknown = new RowMemory(new CountedView(null), columns: 4, new RowLimit(null, 1, "MaximumTrainingRows"), kinds: 1, available: inUse + 1_600_000 + (1 << 20));
        unknown.Require(10_000, 10_000);
        Assert.StartsWith("More than 80,000 training rows", Assert.Throws<InvalidOperationException>(() => unknown.Require(80_000, 80_000)).Message, StringComparison.Ordinal);

        // The sample may be too large as well.
        var sample = new RowMemory(new CountedView(1_000_000), columns: 4, new RowLimit(90_000, 1, "MaximumTrainingRows"), kinds: 1, available: inUse + 1_600_000 + (1 << 20));
        Assert.Contains("Lower MaximumTrainingRows", Assert.Throws<InvalidOperationException>(() => sample.Require(10_000, 10_000)).Message);

        // A sample that fits once need not fit twice: of normal rows and of anomalies.
        new RowMemory(new CountedView(1_000_000), columns: 4, new RowLimit(35_000, 1, "MaximumTrainingRows"), kinds: 1, available: inUse + 1_600_000 + (1 << 20)).Require(10_000, 10_000);
        var both = new RowMemory(new CountedView(1_000_000), columns: 4, new RowLimit(35_000, 1, "MaximumTrainingRows"), kinds: 2, available: inUse + 1_600_000 + (1 << 20));
        Assert.StartsWith("About 70,000 training rows", Assert.Throws<InvalidOperationException>(() => both.Require(10_000, 10_000)).Message, StringComparison.Ordinal);
    }

    private sealed class CountedView(long? rows) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema { get; } = new DataViewSchema.Builder().ToSchema();

        public long? GetRowCount() => rows;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new NotSupportedException();

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => throw new NotSupportedException();
    }
}
