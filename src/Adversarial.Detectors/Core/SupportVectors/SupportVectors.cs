using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>What support vector machines with a radial kernel share: rows with factors, the offset, and how both are found, scored and kept.</summary>
internal sealed partial class SupportVectors
{
    private const int ProgressSteps = 1000;
    private const double MostGamma = 1e12;
    private const double LeastGamma = 1e-12;

    private readonly KeptRows _rows;
    private readonly double[] _factors;
    private readonly double _gamma;

    private SupportVectors(KeptRows rows, double[] factors, double gamma, double offset) => (_rows, _factors, _gamma, Offset) = (rows, factors, gamma, offset);

    /// <summary>Gradient of the border's rows: what is subtracted from a row's sum of kernels.</summary>
    public double Offset { get; }

    /// <summary>Steps of a monitor that <see cref="Learn"/> takes.</summary>
    public static long StepsOf(int rows) => (long)rows + ProgressSteps;

    /// <summary>Refuses a fit whose kernel does not fit into memory.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void RequireMemory(long rows, int columns, int? landmarks, int most)
    {
        double kept = Math.Min(rows, landmarks ?? most), square = (landmarks is null ? sizeof(float) : 2 * sizeof(double)) * kept * kept;
        FitMemory.Require(string.Create(CultureInfo.InvariantCulture, $"{kept:N0} training rows of {columns:N0} features and their kernel"),
            square + 2.0 * sizeof(float) * kept * columns, Math.Max(kept * kept, kept * columns),
            landmarks is null ? "Lower MaximumKeptRows" : "Lower NumberOfLandmarks", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    /// <summary>Solves the problem of some rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="gamma">Factor of the squared distance in the kernel; null is 1 / (features x variance of all values).</param>
    /// <param name="problem">Makes the problem of the kernel's matrix.</param>
    /// <param name="tolerance">The greatest violation that is left.</param>
    /// <param name="threads">Threads that work.</param>
    /// <param name="monitor">Told of <see cref="StepsOf"/> steps.</param>
    public static SupportVectors Learn(KeptRows rows, double? gamma, Func<float[], SupportVectorSolver> problem, double tolerance, int threads, FitMonitor monitor)
    {
        double factor = gamma ?? GammaOf(rows);
        SupportVectorSolver solver = problem(KernelOf(rows, factor, threads, monitor));
        double first = double.NaN;
        long told = 0;
        solver.Solve(tolerance, left =>
        {
            first = double.IsNaN(first) ? left : first;
            // It falls by a factor in so many steps, roughly: its logarithm tells how far the fit is.
            double share = Math.Log(first / left) / Math.Max(Math.Log(first / tolerance), 1e-6);
            long now = (long)(ProgressSteps * Math.Clamp(share, 0, 1));
            monitor.Advance(Math.Max(now - told, 0), new NamedLoss("violation", left));
            told = Math.Max(now, told);
        });
        return Keep(rows, factor, solver.Multipliers, solver.Offset());
    }

    /// <summary>Learns a border from all rows of a problem; the vectors are the landmarks.</summary>
    /// <param name="landmarks">Rows that the border is made of.</param>
    /// <param name="gamma">As for <see cref="Learn"/>.</param>
    /// <param name="problem">The rows and their costs.</param>
    /// <param name="seed">Seed of the rows' order.</param>
    /// <param name="monitor">Told of <see cref="LandmarkSolver.RowsOf"/> steps.</param>
    public static SupportVectors ByLandmarks(KeptRows landmarks, double? gamma, BorderProblem problem, int seed, FitMonitor monitor)
    {
        double factor = gamma ?? GammaOf(landmarks);
        (double[] factors, double offset) = new LandmarkSolver(problem, landmarks, factor).Solve(seed, monitor);
        return Keep(landmarks, factor, factors, offset);
    }

    private static float[] KernelOf(KeptRows rows, double gamma, int threads, FitMonitor monitor)
    {
        var kernel = new float[rows.Count * rows.Count];
        const int block = 64;
        monitor.ForBlocks(rows.Count, block, threads, () => new RadialKernel(rows, gamma, block), (values, start, count) =>
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
        return variance > 0 ? Math.Clamp(1 / (rows.Columns * variance), LeastGamma, MostGamma) : 1;
    }

    // Rows without a factor are left out.
    private static SupportVectors Keep(KeptRows rows, double gamma, ReadOnlySpan<double> multipliers, double offset)
    {
        var values = new List<float>();
        var factors = new List<double>();
        for (int r = 0; r < rows.Count; r++)
        {
            if (multipliers[r] == 0)
                continue;
            factors.Add(multipliers[r]);
            values.AddRange(rows[r]);
        }

        return new SupportVectors(KeptRows.Of([.. values], rows.Columns), [.. factors], gamma, offset);
    }

    /// <summary>Bytes that <see cref="Save"/> writes for so many rows.</summary>
    public static long LengthOf(int rows, int columns) => KeptRows.LengthOf(rows, columns) + sizeof(double) * (2L + rows);

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_gamma);
        writer.Write(Offset);
        _rows.Save(writer);
        foreach (double factor in _factors)
            writer.Write(factor);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">The content.</param>
    /// <param name="columns">Number of features.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="lowest">The least factor.</param>
    /// <param name="highest">The greatest factor.</param>
    /// <exception cref="FormatException">A number is out of range.</exception>
    public static SupportVectors Load(BinaryReader reader, int columns, int most, double lowest, double highest)
    {
        double gamma = ContentReading.Require(reader.ReadDouble(), value => value is >= LeastGamma and <= MostGamma, "Gamma", "1e-12 to 1e12");
        double limit = most * Math.Max(highest, -lowest) + 1;
        double offset = ContentReading.Require(reader.ReadDouble(), value => Math.Abs(value) <= limit, "The offset", "in range");
        KeptRows rows = KeptRows.Load(reader, columns, 1, most);
        reader.RequireBytes((long)sizeof(double) * rows.Count, "The factors");
        var factors = new double[rows.Count];
        for (int r = 0; r < factors.Length; r++)
        {
            factors[r] = ContentReading.Require(reader.ReadDouble(), value => value != 0 && value >= lowest && value <= highest,
                "The factor of a support vector", $"other than 0 and in [{lowest}, {highest}]");
        }

        return new SupportVectors(rows, factors, gamma, offset);
    }

    /// <summary>Makes what scores a block of scaled rows: sign x (sum of factors x kernel - offset).</summary>
    public BlockScorer CreateBlockScorer(int blockRows, int sign) => new Sums(this, blockRows, sign);

    private sealed class Sums(SupportVectors machine, int blockRows, int sign) : BlockScorer
    {
        private readonly RadialKernel _kernel = new(machine._rows, machine._gamma, blockRows);
        private readonly double[] _sums = new double[blockRows];

        public override Span<float> Row(int index) => _kernel.Row(index);

        public override void Score(Span<float> scores)
        {
            _kernel.Sum(scores.Length, machine._factors, _sums);
            for (int i = 0; i < scores.Length; i++)
                scores[i] = (float)(sign < 0 ? machine.Offset - _sums[i] : _sums[i] - machine.Offset);
        }
    }
}
