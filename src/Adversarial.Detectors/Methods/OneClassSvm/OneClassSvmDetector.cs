using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// One-class support vector machine (Schölkopf et al. 2001) with a radial kernel, solved exactly. The score is the distance, in the kernel's
/// space, to the border that holds most training rows: above 0 outside of it.
/// </summary>
/// <remarks>It fails with many features, where all rows are equally far from each other, and where regions have different scales.</remarks>
public sealed class OneClassSvmDetector : Detector
{
    private readonly OneClassSvmOptions _options;
    private SupportVectors _model = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "One-class SVM",
            Paper = "Estimating the Support of a High-Dimensional Distribution",
            Year = 2001,
            Reference = "doi:10.1162/089976601750264965",
            Task = "Anomaly detection in tables by a border around normal rows",
            Labels = LabelUse.None,
            Scaling = "Features of equal weight; they are scaled",
            Complexity = "A fit takes memory and time by the square of the rows it learns from, a score a product of the row with each support vector",
            KnownFailure = "Many features; regions of different scales",
            Readme = "src/Adversarial.Detectors/Methods/OneClassSvm/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["11b another seed gives another model"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
                ["28w the context's seed decides where the options give none"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
            },
        },
        (options, columns) => new OneClassSvmDetector(options, columns),
        OneClassSvmOptionsJson.Default.OneClassSvmOptions);

    internal OneClassSvmDetector(OneClassSvmOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override int BlockRows => 256;

    internal override long LeastModelLength => LengthOf(1);

    internal override long MostModelLength => LengthOf(MostVectors);

    /// <summary>Gradient of the border's rows: what is subtracted from a row's sum of kernels.</summary>
    internal double Offset => _model.Offset;

    private int MostVectors => _options.NumberOfLandmarks ?? _options.MaximumKeptRows;

    private long LengthOf(int rows) => SupportVectors.LengthOf(rows, Columns);

    private protected override void RequireMemory(int rows) => SupportVectors.RequireMemory(rows, Columns, _options.NumberOfLandmarks, _options.MaximumKeptRows);

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        int most = Math.Min(Data.Rows, _options.MaximumKeptRows);
        var monitor = new FitMonitor(_options, "support vectors", rows.Rows +
            (_options.NumberOfLandmarks is null ? SupportVectors.StepsOf(most) : LandmarkSolver.RowsOf(Data.Rows)));
        _model = _options.NumberOfLandmarks is int landmarks ? ByLandmarks(landmarks, seed, monitor) : Exact(seed, threads, monitor);
        float[] scores = FiniteScores(rows, threads, monitor);
        monitor.Complete();
        return scores;
    }

    private SupportVectors Exact(int seed, int threads, FitMonitor monitor)
    {
        KeptRows kept = KeptRows.Take(Data, _options.MaximumKeptRows, seed, monitor, out _);
        return SupportVectors.Learn(kept, _options.Gamma, kernel => SupportVectorSolver.OneClass(kernel, kept.Count, _options.Nu), _options.Tolerance, threads, monitor);
    }

    private SupportVectors ByLandmarks(int count, int seed, FitMonitor monitor)
    {
        var problem = BorderProblem.OneClass((row, to) => Data.Scaling.Apply(Data.TrainingRow(row), to), Data.Rows, _options.Nu);
        return SupportVectors.ByLandmarks(KeptRows.Draw(Data, count, seed), _options.Gamma, problem, seed, monitor);
    }

    internal override BlockScorer CreateBlockScorer() => _model.CreateBlockScorer(BlockRows, sign: -1);

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows) => _model.Write(graph, rows, sign: -1);

    private protected override void SaveModel(BinaryWriter writer) => _model.Save(writer);

    private protected override void LoadModel(BinaryReader reader, float[] probes) =>
        _model = _options.NumberOfLandmarks is int landmarks
            ? SupportVectors.Load(reader, Columns, landmarks, -LandmarkSolver.MostFactor, LandmarkSolver.MostFactor)
            : SupportVectors.Load(reader, Columns, _options.MaximumKeptRows, lowest: 0, highest: 1);
}
