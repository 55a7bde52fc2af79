using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Cost-sensitive support vector machine (Veropoulos, Campbell and Cristianini 1999) with a radial kernel, solved exactly. Known anomalies are few and normal
/// rows many, so that errors on anomalies cost more. The score is the distance, in the kernel's space, to the border between both: above 0 on the
/// anomalies' side.
/// </summary>
/// <remarks>It fails on anomalies that are unlike all known ones: far from every row the score is the offset alone.</remarks>
public sealed class CostSensitiveSvmDetector : Detector
{
    private const ulong SamplePurpose = (1UL << 60) + 5;

    private readonly CostSensitiveSvmOptions _options;
    private SupportVectors _model = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Cost-sensitive SVM",
            Paper = "Controlling the Sensitivity of Support Vector Machines",
            Year = 1999,
            Reference = "IJCAI 1999",
            Task = "Anomaly detection in tables with a few known anomalies",
            Labels = LabelUse.FewAnomalies,
            Scaling = "Features of equal weight; they are scaled",
            Complexity = "A fit takes memory and time by the square of the rows it learns from, a score a product of the row with each support vector",
            KnownFailure = "Anomalies unlike all known ones",
            Readme = "src/Adversarial.Detectors/Methods/CostSensitiveSvm/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["11b another seed gives another model"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
                ["28w the context's seed decides where the options give none"] = "The seed draws rows where there are more than MaximumKeptRows; all other fits are the same.",
            },
        },
        (options, columns) => new CostSensitiveSvmDetector(options, columns),
        CostSensitiveSvmOptionsJson.Default.CostSensitiveSvmOptions);

    internal CostSensitiveSvmDetector(CostSensitiveSvmOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override int BlockRows => 256;

    /// <summary>The border: what is subtracted from a row's sum of kernels.</summary>
    internal double Offset => _model.Offset;

    internal override long LeastModelLength => SupportVectors.LengthOf(1, Columns);

    internal override long MostModelLength => SupportVectors.LengthOf(MostVectors, Columns);

    private int MostVectors => _options.NumberOfLandmarks ?? _options.MaximumKeptRows;

    private protected override void RequireMemory(int rows) =>
        SupportVectors.RequireMemory(2L * rows, Columns, _options.NumberOfLandmarks, _options.MaximumKeptRows);

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        int anomalies = Math.Min(Data.Anomalies, MostVectors / 2), normal = Math.Min(Data.Rows, MostVectors - anomalies);
        var monitor = new FitMonitor(_options, "support vectors", rows.Rows +
            (_options.NumberOfLandmarks is null ? SupportVectors.StepsOf(normal + anomalies) : LandmarkSolver.RowsOf(Data.Rows + Data.Anomalies)));
        if (_options.NumberOfLandmarks is null)
        {
            KeptRows kept = WithAnomalies(KeptRows.Take(Data, normal, seed, monitor, out _), anomalies, seed);
            double[] costs = Costs(normal, anomalies);
            _model = SupportVectors.Learn(kept, _options.Gamma, kernel => SupportVectorSolver.TwoClasses(kernel, costs), _options.Tolerance, threads, monitor);
        }
        else
        {
            _model = SupportVectors.ByLandmarks(WithAnomalies(KeptRows.Draw(Data, normal, seed), anomalies, seed), _options.Gamma,
                BorderProblem.TwoClasses(Copy, Costs(Data.Rows, Data.Anomalies)), seed, monitor);
        }

        float[] scores = FiniteScores(rows, threads, monitor);
        monitor.Complete();
        return scores;
    }

    /// <summary>Normal rows, behind them known anomalies.</summary>
    private void Copy(int row, Span<float> to)
    {
        if (row < Data.Rows)
            Data.Scaling.Apply(Data.TrainingRow(row), to);
        else
            Data.CopyAnomaly(row - Data.Rows, to);
    }

    private KeptRows WithAnomalies(KeptRows normal, int anomalies, int seed)
    {
        var values = new float[(normal.Count + anomalies) * Columns];
        normal.Values.CopyTo(values, 0);
        int[] taken = new RandomDraws(new RandomStream((uint)seed, SamplePurpose, 0)).Sample(Data.Anomalies, anomalies);
        for (int i = 0; i < taken.Length; i++)
            Data.CopyAnomaly(taken[i], values.AsSpan((normal.Count + i) * Columns, Columns));
        return KeptRows.Of(values, Columns);
    }

    /// <summary>Normal rows have negative costs, anomalies positive ones.</summary>
    private double[] Costs(int normal, int anomalies)
    {
        int all = normal + anomalies;
        double ofNormal = _options.AnomalyWeight is null ? all / (2.0 * normal) : 1, ofAnomaly = _options.AnomalyWeight ?? all / (2.0 * anomalies);
        var costs = new double[all];
        Array.Fill(costs, -_options.Cost * ofNormal, 0, normal);
        Array.Fill(costs, _options.Cost * ofAnomaly, normal, anomalies);
        return costs;
    }

    // A class of one row weighs as half of all rows.
    private double MostFactor =>
        _options.NumberOfLandmarks is null ? _options.Cost * Math.Max(1, _options.AnomalyWeight ?? _options.MaximumKeptRows / 2.0) : LandmarkSolver.MostFactor;

    internal override BlockScorer CreateBlockScorer() => _model.CreateBlockScorer(BlockRows, sign: 1);

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows) => _model.Write(graph, rows, sign: 1);

    private protected override void SaveModel(BinaryWriter writer) => _model.Save(writer);

    private protected override void LoadModel(BinaryReader reader, float[] probes) =>
        _model = SupportVectors.Load(reader, Columns, MostVectors, -MostFactor, MostFactor);
}
