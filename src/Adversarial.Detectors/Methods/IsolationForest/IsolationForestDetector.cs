using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou 2008). Trees cut the space at random until rows are alone; rows that are alone after few cuts are
/// anomalous. The score is 2 to the power of minus the mean path length, in units of an average one: in (0, 1), about 0.5 for average rows.
/// </summary>
/// <remarks>It fails on anomalies that are so by a relation of features, each within its usual range, and among many rare categories.</remarks>
public sealed class IsolationForestDetector : Detector
{
    private const ulong TreePurpose = (1UL << 60) + 1;

    // A tree isolates the rows that it was grown from earlier than others; where each tree saw a small part of all rows that is lost in chance.
    private const int LeastRowsForOneSeen = 16;

    private readonly IsolationForestOptions _options;
    private IsolationTree[] _trees = [];
    private int _rowsPerTree;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Isolation forest",
            Paper = "Isolation Forest",
            Year = 2008,
            Reference = "doi:10.1109/ICDM.2008.17",
            Task = "Anomaly detection in tables by random cuts",
            Labels = LabelUse.None,
            Scaling = "None is needed",
            Complexity = "A score costs some ten comparisons for each tree, whatever the number of features; a fit hardly depends on the number of rows",
            KnownFailure = "Anomalies by a relation of features that are each in their usual range; many rare categories",
            Readme = "src/Adversarial.Detectors/Methods/IsolationForest/README.md",
        },
        (options, columns) => new IsolationForestDetector(options, columns),
        IsolationForestOptionsJson.Default.IsolationForestOptions);

    internal IsolationForestDetector(IsolationForestOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override int BlockRows => 256;

    private protected override bool KnowsTrainingRows(int rows) => rows < (long)LeastRowsForOneSeen * _options.NumberOfRowsPerTree;

    internal override long LeastModelLength => sizeof(int) + _options.NumberOfTrees * IsolationTree.MostLengthOf(1);

    internal override long MostModelLength => sizeof(int) + _options.NumberOfTrees * IsolationTree.MostLengthOf(_options.NumberOfRowsPerTree);

    private protected override void RequireMemory(int rows)
    {
        double numbers = (double)Math.Min(rows, _options.NumberOfRowsPerTree) * Columns;
        double trees = IsolationTree.MostLengthOf(Math.Min(rows, _options.NumberOfRowsPerTree)) * (double)_options.NumberOfTrees;
        FitMemory.Require($"{_options.NumberOfTrees:N0} trees for {Columns:N0} features", trees + sizeof(float) * numbers * (_options.NumberOfThreads ?? DefaultThreads),
            numbers, $"Lower {nameof(IsolationForestOptions.NumberOfRowsPerTree)} or {nameof(IsolationForestOptions.NumberOfTrees)}", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        var monitor = new FitMonitor(_options, "trees", _options.NumberOfTrees + (long)rows.Rows);
        _rowsPerTree = Math.Min(_options.NumberOfRowsPerTree, rows.Rows);
        var trees = new IsolationTree[_options.NumberOfTrees];
        monitor.ForBlocks(trees.Length, 1, threads, () => new float[_rowsPerTree * Columns], (values, tree, _) =>
        {
            var draws = new RandomDraws(new RandomStream((uint)seed, TreePurpose, (ulong)tree));
            int[] drawn = draws.Sample(rows.Rows, _rowsPerTree);
            Data.CopyRows(drawn, 0, drawn.Length, values);
            trees[tree] = IsolationTree.Grow(values, Columns, draws);
        });
        _trees = trees;
        float[] scores = FiniteScores(rows, threads, monitor);
        monitor.Complete();
        return scores;
    }

    internal override BlockScorer CreateBlockScorer() => new Paths(this);

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows)
    {
        // 2 to the power of minus the mean length, in units of an average one.
        double factor = -Math.Log(2) / (_trees.Length * IsolationTree.AveragePathLength(_rowsPerTree));
        OnnxValue lengths = graph.Cast(IsolationTree.Write(graph, rows, _trees), OnnxType.Double);
        return graph.Cast(graph.Add("Exp", [graph.Scale(lengths, factor)]), OnnxType.Single);
    }

    private protected override void SaveModel(BinaryWriter writer)
    {
        writer.Write(_rowsPerTree);
        foreach (IsolationTree tree in _trees)
            tree.Save(writer);
    }

    private protected override void LoadModel(BinaryReader reader, float[] probes)
    {
        int most = _options.NumberOfRowsPerTree;
        _rowsPerTree = ContentReading.Require(reader.ReadInt32(), value => value >= 2 && value <= most, "The number of rows of a tree", $"2 to {most}");
        reader.RequireBytes(LeastModelLength - sizeof(int), "The forest");
        var trees = new IsolationTree[_options.NumberOfTrees];
        for (int i = 0; i < trees.Length; i++)
            trees[i] = IsolationTree.Load(reader, Columns, _rowsPerTree);
        _trees = trees;
    }

    /// <summary>The score of a row whose paths have this length on average.</summary>
    internal static double ScoreOf(double meanLength, int rowsPerTree) => Math.Pow(2, -meanLength / IsolationTree.AveragePathLength(rowsPerTree));

    // Tree by tree: a tree stays in the cache for all rows of the block.
    private sealed class Paths(IsolationForestDetector forest) : BlockScorer
    {
        private readonly float[] _rows = new float[forest.BlockRows * forest.Columns];
        private readonly double[] _lengths = new double[forest.BlockRows];

        public override Span<float> Row(int index) => _rows.AsSpan(index * forest.Columns, forest.Columns);

        public override void Score(Span<float> scores)
        {
            Array.Clear(_lengths);
            foreach (IsolationTree tree in forest._trees)
            {
                for (int i = 0; i < scores.Length; i++)
                    _lengths[i] += tree.PathLength(Row(i));
            }

            for (int i = 0; i < scores.Length; i++)
                scores[i] = (float)ScoreOf(_lengths[i] / forest._trees.Length, forest._rowsPerTree);
        }
    }
}
