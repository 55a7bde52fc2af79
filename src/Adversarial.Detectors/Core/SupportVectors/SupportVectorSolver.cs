namespace Adversarial.Detectors;

/// <summary>
/// Sequential minimal optimisation, exactly: minimise b'Kb / 2 - s'b with a lower and an upper bound of each factor b and a sum of all that is given.
/// One class has factors from 0 to 1 and s = 0; two classes have y a for b and y for s. The pair of rows that is changed is chosen by second-order
/// information (Fan, Chen and Lin 2005), as in libsvm.
/// </summary>
internal sealed class SupportVectorSolver
{
    private const double LeastCurvature = 1e-12;
    private const int StepsBetweenChecks = 200;
    private const int MostStepsOfARow = 10_000;

    private readonly float[] _kernel;
    private readonly int _rows;
    private readonly double[] _factors;
    private readonly double[] _gradient;
    private readonly double[] _lower;
    private readonly double[] _upper;

    private SupportVectorSolver(float[] kernel, double[] lower, double[] upper)
    {
        (_kernel, _rows, _lower, _upper) = (kernel, lower.Length, lower, upper);
        (_factors, _gradient) = (new double[_rows], new double[_rows]);
    }

    /// <summary>One class: factors from 0 to 1 of the sum nu n. It begins where libsvm does: the first rows have the factor 1.</summary>
    /// <param name="kernel">The kernel of each pair of rows, symmetric with ones on the diagonal.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="nu">Share of the rows that the sum of the factors is.</param>
    public static SupportVectorSolver OneClass(float[] kernel, int rows, double nu)
    {
        var upper = new double[rows];
        Array.Fill(upper, 1);
        var solver = new SupportVectorSolver(kernel, new double[rows], upper);
        double left = nu * rows;
        for (int i = 0; i < rows && left > 0; i++, left--)
        {
            solver._factors[i] = Math.Min(left, 1);
            solver.AddRow(i, solver._factors[i]);
        }

        return solver;
    }

    /// <summary>Two classes: a row's factor has its class's sign and at most its class's cost; all sum up to 0, where they begin.</summary>
    /// <param name="kernel">The kernel of each pair of rows, symmetric with ones on the diagonal.</param>
    /// <param name="costs">For each row what it may count at most: above 0 for the one class, below for the other.</param>
    public static SupportVectorSolver TwoClasses(float[] kernel, double[] costs)
    {
        var solver = new SupportVectorSolver(kernel, Array.ConvertAll(costs, cost => Math.Min(cost, 0)), Array.ConvertAll(costs, cost => Math.Max(cost, 0)));
        for (int i = 0; i < costs.Length; i++)
            solver._gradient[i] = -Math.Sign(costs[i]);
        return solver;
    }

    /// <summary>The factor of each row, within its bounds.</summary>
    public ReadOnlySpan<double> Multipliers => _factors;

    /// <summary>How far the gradients of two rows that can be changed are apart.</summary>
    public double Violation { get; private set; } = double.PositiveInfinity;

    private ReadOnlySpan<float> KernelRow(int row) => _kernel.AsSpan(row * _rows, _rows);

    /// <summary>Changes pairs of rows until the violation is below the tolerance.</summary>
    /// <param name="tolerance">The greatest violation that is left.</param>
    /// <param name="report">Called now and then.</param>
    /// <exception cref="TrainingDivergedException">It takes too many steps.</exception>
    public void Solve(double tolerance, Action<double> report)
    {
        long most = (long)MostStepsOfARow * _rows;
        for (long step = 0; step < most; step++)
        {
            if (!TrySelect(tolerance, out int up, out int down))
                return;
            if (step % StepsBetweenChecks == 0)
                report(Violation);
            double curvature = Math.Max(2 - 2.0 * KernelRow(up)[down], LeastCurvature);
            double change = Math.Min((_gradient[down] - _gradient[up]) / curvature, Math.Min(_upper[up] - _factors[up], _factors[down] - _lower[down]));
            // A bound that is reached is reached exactly: what is almost there would be chosen again and again.
            bool fills = change == _upper[up] - _factors[up], empties = change == _factors[down] - _lower[down];
            _factors[up] = fills ? _upper[up] : _factors[up] + change;
            _factors[down] = empties ? _lower[down] : _factors[down] - change;
            AddRow(up, change);
            AddRow(down, -change);
        }

        throw new TrainingDivergedException($"The support vectors are not found in {most:N0} steps; raise Tolerance or lower Gamma.");
    }

    private void AddRow(int row, double factor)
    {
        ReadOnlySpan<float> kernel = KernelRow(row);
        double[] gradient = _gradient;
        for (int t = 0; t < kernel.Length; t++)
            gradient[t] += factor * kernel[t];
    }

    private bool TrySelect(double tolerance, out int up, out int down)
    {
        (up, down) = (-1, -1);
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity, best = 0;
        for (int t = 0; t < _rows; t++)
        {
            if (_factors[t] < _upper[t] && _gradient[t] < least)
                (up, least) = (t, _gradient[t]);
        }

        if (up < 0)
        {
            Violation = 0;
            return false;
        }

        ReadOnlySpan<float> kernel = KernelRow(up);
        for (int t = 0; t < _rows; t++)
        {
            if (_factors[t] <= _lower[t])
                continue;
            greatest = Math.Max(greatest, _gradient[t]);
            double difference = _gradient[t] - least;
            if (difference <= 0)
                continue;
            double gain = difference * difference / Math.Max(2 - 2.0 * kernel[t], LeastCurvature);
            if (gain > best)
                (down, best) = (t, gain);
        }

        Violation = Math.Max(greatest - least, 0);
        return Violation >= tolerance && down >= 0;
    }

    /// <summary>The border: the gradient of the rows that lie on it, or what lies between the others.</summary>
    public double Offset()
    {
        double sum = 0, above = double.NegativeInfinity, below = double.PositiveInfinity;
        int free = 0;
        for (int t = 0; t < _rows; t++)
        {
            if (_factors[t] >= _upper[t])
                above = Math.Max(above, _gradient[t]);
            else if (_factors[t] <= _lower[t])
                below = Math.Min(below, _gradient[t]);
            else
                (sum, free) = (sum + _gradient[t], free + 1);
        }

        if (free > 0)
            return sum / free;
        return double.IsInfinity(below) ? above : double.IsInfinity(above) ? below : (above + below) / 2;
    }
}
