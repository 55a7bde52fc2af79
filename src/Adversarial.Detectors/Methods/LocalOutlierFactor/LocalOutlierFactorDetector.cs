using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Local outlier factor (Breunig, Kriegel, Ng and Sander 2000) of new rows: how much denser their nearest training rows lie than they
/// themselves. About 1 for a row like its neighbours, more for one that lies apart.
/// </summary>
/// <remarks>It fails on anomalies that come in close groups of more rows than there are neighbours.</remarks>
public sealed class LocalOutlierFactorDetector : Detector
{
    // What scikit-learn adds to the mean distance: the density of equal rows stays finite.
    private const double LeastReach = 1e-10;

    // Distances between rows in range are below it.
    private const double MostDistance = 1e18;

    private readonly LocalOutlierFactorOptions _options;
    private KeptRows _rows = null!;
    private double[] _kDistances = [];
    private double[] _densities = [];

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "LOF",
            Paper = "LOF: Identifying Density-Based Local Outliers",
            Year = 2000,
            Reference = "doi:10.1145/342009.335388",
            Task = "Anomaly detection in tables whose normal rows lie at different densities",
            Labels = LabelUse.None,
            Scaling = "Features of equal weight; they are scaled",
            Complexity = "A score costs a product of the row with each kept row: 2 x rows x features operations",
            KnownFailure = "Close groups of more anomalies than NumberOfNeighbors; many equal rows",
            Readme = "src/Adversarial.Detectors/Methods/LocalOutlierFactor/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["11b another seed gives another model"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
                ["28w the context's seed decides where the options give none"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
            },
        },
        (options, columns) => new LocalOutlierFactorDetector(options, columns),
        LocalOutlierFactorOptionsJson.Default.LocalOutlierFactorOptions);

    internal LocalOutlierFactorDetector(LocalOutlierFactorOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override bool LeavesTrainingRowsOut => true;

    internal override int BlockRows => 256;

    internal override long LeastModelLength => LengthOf(2);

    internal override long MostModelLength => LengthOf(_options.MaximumKeptRows);

    private long LengthOf(int rows) => KeptRows.LengthOf(rows, Columns) + 2L * sizeof(double) * rows;

    // A row is no neighbour of itself, so the last one has to be left for it.
    private int Neighbors => Math.Min(_options.NumberOfNeighbors, _rows.Count - 1);

    private protected override void RequireMemory(int rows) => KeptRows.RequireMemory(rows, Columns, _options.MaximumKeptRows);

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        long kept = Math.Min(rows.Rows, _options.MaximumKeptRows);
        var monitor = new FitMonitor(_options, "neighbours", kept + rows.Rows);
        _rows = KeptRows.Take(Data, _options.MaximumKeptRows, seed, monitor, out int[] places);
        NeighborLists lists = LearnDensities(threads, monitor);
        var scores = new float[rows.Rows];
        monitor.ForBlocks(rows.Rows, BlockRows, threads, CreateSearch, (search, start, count) =>
        {
            for (int i = 0; i < count; i++)
                Scaling.Apply(rows[start + i], search.Row(i));
            search.Find(count, places.AsSpan(start, count));
            for (int i = 0; i < count; i++)
                scores[start + i] = places[start + i] is >= 0 and int own ? FactorWithout(lists, search, i, own) : Factor(search, i);
        });
        monitor.Complete();
        return RequireFinite(scores);
    }

    private NeighborSearch CreateSearch() => new(_rows, Neighbors, BlockRows);

    // A row's density is made of its neighbours' distances to theirs: they are there before.
    private NeighborLists LearnDensities(int threads, FitMonitor monitor)
    {
        int kept = _rows.Count;
        var lists = new NeighborLists(kept, Neighbors);
        (_kDistances, _densities) = (new double[kept], new double[kept]);
        monitor.ForBlocks(kept, BlockRows, threads, () => new NeighborSearch(_rows, lists.Length, BlockRows), (search, start, count) =>
        {
            Span<int> own = stackalloc int[count];
            for (int i = 0; i < count; i++)
            {
                own[i] = start + i;
                _rows[start + i].CopyTo(search.Row(i));
            }

            search.Find(count, own);
            for (int i = 0; i < count; i++)
                lists.Set(start + i, search.SquaredDistances(i), search.Indices(i));
        });
        for (int r = 0; r < kept; r++)
            _kDistances[r] = lists.LastDistance(r);
        for (int r = 0; r < kept; r++)
            _densities[r] = 1 / (lists.Reach(r) + LeastReach);
        return lists;
    }

    // A kept row counts among its neighbours' neighbours. It is scored as a new one is, by densities that know nothing of it.
    private float FactorWithout(NeighborLists lists, NeighborSearch search, int row, int own)
    {
        // A model without it may have one neighbour less.
        ReadOnlySpan<int> indices = search.Indices(row)[..Math.Max(Math.Min(Neighbors, _rows.Count - 2), 1)];
        double sum = 0, reach = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            sum += 1 / (lists.Reach(indices[i], own) + LeastReach);
            reach += Math.Max(lists.LastDistance(indices[i], own), Math.Sqrt(search.SquaredDistances(row)[i]));
        }

        return (float)(sum / indices.Length * (reach / indices.Length + LeastReach));
    }

    // The mean reachability distance of a row from its neighbours.
    private double Reach(ReadOnlySpan<double> squaredDistances, ReadOnlySpan<int> indices)
    {
        double sum = 0;
        for (int i = 0; i < indices.Length; i++)
            sum += Math.Max(_kDistances[indices[i]], Math.Sqrt(squaredDistances[i]));
        return sum / indices.Length + LeastReach;
    }

    private float Factor(NeighborSearch search, int row)
    {
        ReadOnlySpan<int> indices = search.Indices(row);
        double sum = 0;
        foreach (int index in indices)
            sum += _densities[index];
        return (float)(sum / indices.Length * Reach(search.SquaredDistances(row), indices));
    }

    internal override BlockScorer CreateBlockScorer() => new Factors(this);

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows)
    {
        (OnnxValue distances, OnnxValue places) = _rows.WriteNearest(graph, rows, Neighbors);
        OnnxValue OfNeighbors(double[] numbers) => graph.Add("Gather", [graph.Constant(numbers, numbers.Length), places]);
        OnnxValue reach = graph.ReduceColumns("ReduceMean", graph.Add("Max", [OfNeighbors(_kDistances), distances]));
        OnnxValue density = graph.ReduceColumns("ReduceMean", OfNeighbors(_densities));
        return graph.Cast(graph.Product(density, graph.Shift(reach, LeastReach)), OnnxType.Single);
    }

    private protected override void SaveModel(BinaryWriter writer)
    {
        _rows.Save(writer);
        for (int r = 0; r < _rows.Count; r++)
        {
            writer.Write(_kDistances[r]);
            writer.Write(_densities[r]);
        }
    }

    private protected override void LoadModel(BinaryReader reader, float[] probes)
    {
        _rows = KeptRows.Load(reader, Columns, 2, _options.MaximumKeptRows);
        reader.RequireBytes(2L * sizeof(double) * _rows.Count, "The densities");
        (_kDistances, _densities) = (new double[_rows.Count], new double[_rows.Count]);
        for (int r = 0; r < _rows.Count; r++)
        {
            _kDistances[r] = ContentReading.Require(reader.ReadDouble(), value => value is >= 0 and <= MostDistance, "The distance of a neighbour", "in range");
            _densities[r] = ContentReading.Require(reader.ReadDouble(), value => value is > 0 and <= 1.001 / LeastReach, "A density", "in range");
        }
    }

    private sealed class Factors(LocalOutlierFactorDetector detector) : BlockScorer
    {
        private readonly NeighborSearch _search = detector.CreateSearch();

        public override Span<float> Row(int index) => _search.Row(index);

        public override void Score(Span<float> scores)
        {
            _search.Find(scores.Length);
            for (int i = 0; i < scores.Length; i++)
                scores[i] = detector.Factor(_search, i);
        }
    }
}
