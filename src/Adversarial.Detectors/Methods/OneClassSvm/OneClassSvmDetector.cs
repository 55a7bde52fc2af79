using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>
/// One-class support vector machine (Schölkopf et al. 2001) with a radial kernel, solved exactly. The score is the distance, in the kernel's
/// space, to the border that holds most training rows: above 0 outside of it.
/// </summary>
/// <remarks>It fails with many features, where all rows are equally far from each other, and where regions have different scales.</remarks>
public sealed class OneClassSvmDetector : Detector
{
    private const int ProgressSteps = 1000;

    private readonly OneClassSvmOptions _options;
    private KeptRows _rows = null!;
    private double[] _factors = [];
    private double _gamma;
    private double _offset;

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
                ["11b another seed gives another model"] = "The seed draws rows where there are more than MaximumTrainingRows; all other fits are the same.",
                ["28w the context's seed decides where the options give none"] = "The seed draws rows where there are more than MaximumTrainingRows; all other fits are the same.",
            },
        },
        (options, columns) => new OneClassSvmDetector(options, columns),
        OneClassSvmOptionsJson.Default.OneClassSvmOptions);

    internal OneClassSvmDetector(OneClassSvmOptions options, int columns)
        : base(options, columns) => _options = options;

    internal override int BlockRows => 256;

    internal override long LeastModelLength => LengthOf(1);

    internal override long MostModelLength => LengthOf(_options.MaximumTrainingRows);

    /// <summary>Gradient of the border's rows: what is subtracted from a row's sum of kernels.</summary>
    internal double Offset => _offset;

    private long LengthOf(int rows) => KeptRows.LengthOf(rows, Columns) + sizeof(double) * (2L + rows);

    private protected override void RequireMemory(int rows)
    {
        double kept = Math.Min(rows, _options.MaximumTrainingRows), largest = Math.Max(kept * kept, kept * Columns);
        FitMemory.Require(string.Create(CultureInfo.InvariantCulture, $"{kept:N0} training rows of {Columns:N0} features and their kernel"),
            sizeof(float) * (kept * kept + 2 * kept * Columns), largest, "Lower MaximumTrainingRows", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        int most = Math.Min(rows.Rows, _options.MaximumTrainingRows);
        var monitor = new FitMonitor(_options, "support vectors", (long)most + ProgressSteps + rows.Rows);
        KeptRows kept = KeptRows.Take(Data, _options.MaximumTrainingRows, seed, monitor, out _);
        _gamma = _options.Gamma ?? GammaOf(kept);
        var solver = new SupportVectorSolver(KernelOf(kept, threads, monitor), kept.Count, _options.Nu);
        double first = double.NaN;
        long told = 0;
        solver.Solve(_options.Tolerance, violation =>
        {
            first = double.IsNaN(first) ? violation : first;
            // It falls by a factor in so many steps, roughly: its logarithm tells how far the fit is.
            double share = Math.Log(first / violation) / Math.Max(Math.Log(first / _options.Tolerance), 1e-6);
            long now = (long)(ProgressSteps * Math.Clamp(share, 0, 1));
            monitor.Advance(Math.Max(now - told, 0), new NamedLoss("violation", violation));
            told = Math.Max(now, told);
        });
        Keep(kept, solver);
        float[] scores = FiniteScores(rows, threads, monitor);
        monitor.Complete(new NamedLoss("violation", solver.Violation));
        return scores;
    }

    private float[] KernelOf(KeptRows rows, int threads, FitMonitor monitor)
    {
        var kernel = new float[rows.Count * rows.Count];
        const int block = 64;
        monitor.ForBlocks(rows.Count, block, threads, () => new RadialKernel(rows, _gamma, block), (values, start, count) =>
        {
            for (int i = 0; i < count; i++)
                rows[start + i].CopyTo(values.Row(i));
            values.Fill(count, kernel.AsSpan(start * rows.Count));
        });
        return kernel;
    }

    // scikit-learn's 'scale'; rows that are all the same have no variance, and any kernel is as good.
    private static double GammaOf(KeptRows rows)
    {
        double sum = 0, squares = 0;
        foreach (float value in rows.Values)
            sum += value;
        double mean = sum / rows.Values.Length;
        foreach (float value in rows.Values)
            squares += (value - mean) * (value - mean);
        double variance = squares / rows.Values.Length;
        return variance > 0 ? Math.Clamp(1 / (rows.Columns * variance), 1e-12, 1e12) : 1;
    }

    private void Keep(KeptRows rows, SupportVectorSolver solver)
    {
        var values = new List<float>();
        var factors = new List<double>();
        for (int r = 0; r < rows.Count; r++)
        {
            if (solver.Multipliers[r] == 0)
                continue;
            factors.Add(solver.Multipliers[r]);
            values.AddRange(rows[r]);
        }

        (_rows, _factors, _offset) = (KeptRows.Of([.. values], Columns), [.. factors], solver.Offset());
    }

    internal override BlockScorer CreateBlockScorer() => new Sums(this);

    private protected override void SaveModel(BinaryWriter writer)
    {
        writer.Write(_gamma);
        writer.Write(_offset);
        _rows.Save(writer);
        foreach (double factor in _factors)
            writer.Write(factor);
    }

    private protected override void LoadModel(BinaryReader reader, float[] probes)
    {
        _gamma = ContentReading.Require(reader.ReadDouble(), value => value is >= 1e-12 and <= 1e12, "Gamma", "1e-12 to 1e12");
        _offset = ContentReading.Require(reader.ReadDouble(), value => Math.Abs(value) <= _options.MaximumTrainingRows, "The offset", "in range");
        _rows = KeptRows.Load(reader, Columns, 1, _options.MaximumTrainingRows);
        reader.RequireBytes((long)sizeof(double) * _rows.Count, "The factors");
        _factors = new double[_rows.Count];
        for (int r = 0; r < _factors.Length; r++)
            _factors[r] = ContentReading.Require(reader.ReadDouble(), value => value is > 0 and <= 1, "The factor of a support vector", "in (0, 1]");
    }

    private sealed class Sums(OneClassSvmDetector detector) : BlockScorer
    {
        private readonly RadialKernel _kernel = new(detector._rows, detector._gamma, detector.BlockRows);
        private readonly double[] _sums = new double[detector.BlockRows];

        public override Span<float> Row(int index) => _kernel.Row(index);

        public override void Score(Span<float> scores)
        {
            _kernel.Sum(scores.Length, detector._factors, _sums);
            for (int i = 0; i < scores.Length; i++)
                scores[i] = (float)(detector._offset - _sums[i]);
        }
    }
}
