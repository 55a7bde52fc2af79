namespace Adversarial.Numerics;

/// <summary>
/// Weights, means and covariances of Gaussians to which points belong by given memberships, with the roots of the covariances; in double
/// precision, in memory of the caller.
/// </summary>
internal readonly ref struct MixtureMoments
{
    // Divides nothing by 0 where no point belongs to a component.
    private const double LeastMass = 1e-10;

    // A covariance that rounding has left without a root gets ten times the ridge, so often at most.
    private const int MostRidges = 8;

    private readonly Span<double> _values;
    private readonly int _dimension;

    public MixtureMoments(Span<double> values, int dimension)
    {
        _values = values;
        _dimension = dimension;
    }

    /// <summary>Numbers of one component: mass, logarithm of the factor, ridge, mean, covariance, root.</summary>
    public static int LengthOf(int dimension) => 3 + dimension + 2 * dimension * dimension;

    private Span<double> Of(int component) => _values.Slice(component * LengthOf(_dimension), LengthOf(_dimension));

    /// <summary>Sum of the memberships.</summary>
    public double Mass(int component) => Of(component)[0];

    /// <summary>Logarithm of weight over root of the determinant of 2 pi covariance.</summary>
    public double LogFactor(int component) => Of(component)[1];

    /// <summary>What stands on the diagonal of the covariance besides.</summary>
    public double Ridge(int component) => Of(component)[2];

    public ReadOnlySpan<double> Mean(int component) => Of(component).Slice(3, _dimension);

    /// <summary>The covariance with the ridge on its diagonal.</summary>
    public ReadOnlySpan<double> Covariance(int component) => Of(component).Slice(3 + _dimension, _dimension * _dimension);

    /// <summary>Its lower triangular root.</summary>
    public ReadOnlySpan<double> Root(int component) => Of(component).Slice(3 + _dimension + _dimension * _dimension, _dimension * _dimension);

    /// <summary>Computes a component's numbers from points and the memberships of all components, both without gaps.</summary>
    public void Learn(int component, ReadOnlySpan<double> points, ReadOnlySpan<double> memberships, int components, double ridge)
    {
        int d = _dimension, rows = memberships.Length / components;
        Span<double> own = Of(component), mean = own.Slice(3, d), covariance = own.Slice(3 + d, d * d);
        own.Clear();
        double mass = 0;
        for (int r = 0; r < rows; r++)
        {
            double weight = memberships[r * components + component];
            mass += weight;
            for (int i = 0; i < d; i++)
                mean[i] += weight * points[r * d + i];
        }

        mass = Math.Max(mass, LeastMass);
        for (int i = 0; i < d; i++)
            mean[i] /= mass;
        for (int r = 0; r < rows; r++)
        {
            double weight = memberships[r * components + component] / mass;
            for (int i = 0; i < d; i++)
            {
                double scaled = weight * (points[r * d + i] - mean[i]);
                for (int j = 0; j <= i; j++)
                    covariance[i * d + j] += scaled * (points[r * d + j] - mean[j]);
            }
        }

        Complete(own, mass, rows, ridge);
    }

    private void Complete(Span<double> own, double mass, int rows, double ridge)
    {
        int d = _dimension;
        Span<double> covariance = own.Slice(3 + d, d * d), root = own.Slice(3 + d + d * d, d * d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
                covariance[j * d + i] = covariance[i * d + j];
        }

        double added = 0, total = ridge;
        for (int attempt = 0; attempt < MostRidges; attempt++, total *= 10)
        {
            for (int i = 0; i < d; i++)
                covariance[i * d + i] += total - added;
            added = total;
            if (TryRoot(covariance, root, d))
                break;
        }

        double logs = 0;
        for (int i = 0; i < d; i++)
            logs += Math.Log(root[i * d + i]);
        (own[0], own[1], own[2]) = (mass, Math.Log(mass / rows) - 0.5 * d * Math.Log(2 * Math.PI) - logs, added);
    }

    private static bool TryRoot(ReadOnlySpan<double> matrix, Span<double> root, int d)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * d + j];
                for (int k = 0; k < j; k++)
                    sum -= root[i * d + k] * root[j * d + k];
                if (i == j && !(sum > 0))
                    return false;
                root[i * d + j] = i == j ? Math.Sqrt(sum) : sum / root[j * d + j];
            }
        }

        return true;
    }

    /// <summary>Solves covariance * x = b in place.</summary>
    public void Solve(int component, Span<double> b)
    {
        SolveRoot(component, b);
        SolveTransposed(component, b);
    }

    /// <summary>Solves root * x = b in place.</summary>
    public void SolveRoot(int component, Span<double> b)
    {
        int d = _dimension;
        ReadOnlySpan<double> root = Root(component);
        for (int i = 0; i < d; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++)
                sum -= root[i * d + k] * b[k];
            b[i] = sum / root[i * d + i];
        }
    }

    /// <summary>Solves transposed root * x = b in place.</summary>
    public void SolveTransposed(int component, Span<double> b)
    {
        int d = _dimension;
        ReadOnlySpan<double> root = Root(component);
        for (int i = d - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int k = i + 1; k < d; k++)
                sum -= root[k * d + i] * b[k];
            b[i] = sum / root[i * d + i];
        }
    }

    /// <summary>Difference of a point from the mean, multiplied by the inverse root, into <paramref name="e"/>; gives the log-density.</summary>
    public double LogDensity(int component, ReadOnlySpan<double> point, Span<double> e)
    {
        ReadOnlySpan<double> mean = Mean(component);
        for (int i = 0; i < e.Length; i++)
            e[i] = point[i] - mean[i];
        SolveRoot(component, e);
        double squares = 0;
        foreach (double value in e)
            squares += value * value;
        return LogFactor(component) - 0.5 * squares;
    }
}
