using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Distance to the nearest neighbours (Ramaswamy, Rastogi and Shim 2000; the mean of the k distances after Angiulli and Pizzuti 2002). The
/// score is the mean Euclidean distance of a scaled row to the nearest training rows.
/// </summary>
/// <remarks>It fails where normal rows lie at different densities, and where many features are noise: all rows are then equally far away.</remarks>
public sealed class KNearestNeighborsDetector : Detector
{
    private readonly KNearestNeighborsOptions _options;
    private KeptRows _rows = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "kNN",
            Paper = "Efficient Algorithms for Mining Outliers from Large Data Sets",
            Year = 2000,
            Reference = "doi:10.1145/342009.335437",
            Task = "Anomaly detection in tables by the distance to normal rows",
            Labels = LabelUse.None,
            Scaling = "Features of equal weight; they are scaled",
            Complexity = "A score costs a product of the row with each kept row: 2 x rows x features operations",
            KnownFailure = "Normal rows of different densities; many features that are noise",
            Readme = "src/Adversarial.Detectors/Methods/KNearestNeighbors/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["11b another seed gives another model"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
                ["28w the context's seed decides where the options give none"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
            },
        },
        (options, columns) => new KNearestNeighborsDetector(options, columns),
        KNearestNeighborsOptionsJson.Default.KNearestNeighborsOptions);

    internal KNearestNeighborsDetector(KNearestNeighborsOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override bool LeavesTrainingRowsOut => true;

    internal override int BlockRows => 256;

    internal override long LeastModelLength => KeptRows.LengthOf(2, Columns);

    internal override long MostModelLength => KeptRows.LengthOf(_options.MaximumKeptRows, Columns);

    // A row is no neighbour of itself, so the last one has to be left for it.
    private int Neighbors => Math.Min(_options.NumberOfNeighbors, _rows.Count - 1);

    private protected override void RequireMemory(int rows) => KeptRows.RequireMemory(rows, Columns, _options.MaximumKeptRows);

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        var monitor = new FitMonitor(_options, "neighbours", rows.Rows);
        _rows = KeptRows.Take(Data, _options.MaximumKeptRows, seed, monitor, out int[] places);
        var scores = new float[rows.Rows];
        monitor.ForBlocks(rows.Rows, BlockRows, threads, () => new NeighborSearch(_rows, Neighbors, BlockRows), (search, start, count) =>
        {
            for (int i = 0; i < count; i++)
                Scaling.Apply(rows[start + i], search.Row(i));
            search.Find(count, places.AsSpan(start, count));
            for (int i = 0; i < count; i++)
                scores[start + i] = (float)search.MeanDistance(i);
        });
        monitor.Complete();
        return RequireFinite(scores);
    }

    internal override BlockScorer CreateBlockScorer() => new Distances(new NeighborSearch(_rows, Neighbors, BlockRows));

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows) =>
        graph.Cast(graph.ReduceColumns("ReduceMean", _rows.WriteNearest(graph, rows, Neighbors).Lengths), OnnxType.Single);

    private protected override void SaveModel(BinaryWriter writer) => _rows.Save(writer);

    private protected override void LoadModel(BinaryReader reader, float[] probes) =>
        _rows = KeptRows.Load(reader, Columns, 2, _options.MaximumKeptRows);

    private sealed class Distances(NeighborSearch search) : BlockScorer
    {
        public override Span<float> Row(int index) => search.Row(index);

        public override void Score(Span<float> scores)
        {
            search.Find(scores.Length);
            for (int i = 0; i < scores.Length; i++)
                scores[i] = (float)search.MeanDistance(i);
        }
    }
}
