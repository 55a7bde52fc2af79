using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// A border learned from any number of rows: Nyström's features of a kernel (Williams and Seeger 2001), phi(x) = L^-1 k(x) with the kernels k(x) of a row and
/// some landmarks, whose own kernels are L L', and averaged stochastic descent in them. Cost and memory of a step do not depend on the rows.
/// </summary>
internal sealed class LandmarkSolver
{
    private const int BatchRows = 256;

    private const int LeastSteps = 2000;
    private const int StepsBetweenReports = 16;
    private const ulong OrderPurpose = (1UL << 60) + 6;

    // Floors the landmarks' eigenvalues; single precision leaves errors of this size in their kernels.
    private const double Ridge = 1e-5;

    private readonly BorderProblem _problem;
    private readonly RadialKernel _kernel;
    private readonly double[] _root;
    private readonly float[] _kernels;
    private readonly double[] _weights;
    private readonly double[] _factors;
    private readonly double[] _change;
    private double _offset;

    /// <summary>A problem, the landmarks and their kernel's factor of the squared distance.</summary>
    public LandmarkSolver(BorderProblem problem, KeptRows landmarks, double gamma)
    {
        _problem = problem;
        int count = landmarks.Count;
        _root = RootOf(landmarks, gamma);
        _kernel = new RadialKernel(landmarks, gamma, BatchRows);
        _kernels = new float[BatchRows * count];
        (_weights, _factors, _change) = (new double[count], new double[count], new double[count]);
    }

    /// <summary>No factor of a landmark is greater: their kernels' least pivot bounds them.</summary>
    public const double MostFactor = 1e15;

    /// <summary>Rows that a fit draws.</summary>
    public static long RowsOf(int rows) => (long)StepsOf(rows) * BatchRows;

    // At least as many as draw each row once on average.
    private static int StepsOf(int rows) => Math.Max(LeastSteps, (rows + BatchRows - 1) / BatchRows);

    private static double[] RootOf(KeptRows landmarks, double gamma)
    {
        int count = landmarks.Count;
        var kernel = new RadialKernel(landmarks, gamma, 1);
        var values = new float[count];
        var matrix = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            landmarks[i].CopyTo(kernel.Row(0));
            kernel.Fill(1, values);
            for (int j = 0; j < count; j++)
                matrix[i * count + j] = values[j];
            matrix[i * count + i] += Ridge;
        }

        return CholeskyRoot.Of(matrix, count, Ridge);
    }

    /// <summary>Descends; the border is the mean of those of the second half of the steps.</summary>
    /// <returns>The factor of each landmark's kernel, and the offset that is subtracted from their sum.</returns>
    public (double[] Multipliers, double Offset) Solve(int seed, FitMonitor monitor)
    {
        int steps = StepsOf(_problem.Rows), kept = steps / 2;
        var draws = new RandomDraws(new RandomStream((uint)seed, OrderPurpose, 0));
        var mean = new double[_weights.Length];
        double offset = 0;
        for (int t = 0; t < steps; t++)
        {
            double loss = Step(t, draws);
            if (t >= steps - kept)
            {
                DoubleVectors.Add(1.0 / kept, _weights, mean);
                offset += _offset / kept;
            }

            if (t % StepsBetweenReports == StepsBetweenReports - 1)
                monitor.Advance((long)StepsBetweenReports * BatchRows, new NamedLoss("hinge", loss));
        }

        CholeskyRoot.SolveTransposed(_root, mean);
        return (mean, offset);
    }

    private double Step(int t, RandomDraws draws)
    {
        double sum = _problem.SumOfCosts, rate = _problem.FirstRate / (1 + _problem.FirstRate * t / sum), loss = 0, ofOffset = 0;
        int landmarks = _weights.Length;
        Array.Clear(_change);
        Span<int> signs = stackalloc int[BatchRows];
        for (int i = 0; i < BatchRows; i++)
        {
            int row = _problem.Draw(draws);
            _problem.Copy(row, _kernel.Row(i));
            signs[i] = _problem.Sign(row);
        }

        _kernel.Fill(BatchRows, _kernels);
        for (int i = 0; i < BatchRows; i++)
        {
            ReadOnlySpan<float> kernels = _kernels.AsSpan(i * landmarks, landmarks);
            double border = -_offset;
            for (int j = 0; j < kernels.Length; j++)
                border += _factors[j] * kernels[j];
            double missing = _problem.Margin - signs[i] * border;
            if (missing <= 0)
                continue;
            loss += missing / BatchRows;
            double part = signs[i] / (double)BatchRows;
            ofOffset += part;
            for (int j = 0; j < kernels.Length; j++)
                _change[j] += part * kernels[j];
        }

        CholeskyRoot.Solve(_root, _change);
        for (int j = 0; j < landmarks; j++)
            _weights[j] = (1 - rate / sum) * _weights[j] + rate * _change[j];
        _offset -= rate * (ofOffset - _problem.OffsetGain / sum);
        _weights.CopyTo(_factors, 0);
        CholeskyRoot.SolveTransposed(_root, _factors);
        return loss;
    }
}
