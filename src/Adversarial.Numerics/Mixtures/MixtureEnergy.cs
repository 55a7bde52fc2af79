using System.Buffers;
using System.Numerics;

namespace Adversarial.Numerics;

/// <summary>
/// The energy of points under the mixture of Gaussians that their own memberships make, and its way back (Zong et al. 2018, Eq. 5 to 7).
/// Singles or doubles outside, doubles inside; one thread; nothing is allocated in a steady state.
/// </summary>
public static class MixtureEnergy
{
    // What a damaged model makes of a row is to stay a number.
    private const double MostEnergy = 1e30;

    /// <summary>
    /// The mean over the points of -log sum_k phi_k N(point; mu_k, S_k), and the sum of 1 / S_k[j, j]; phi, mu and S being the moments that the
    /// memberships give, S with <paramref name="ridge"/> on its diagonal.
    /// </summary>
    /// <param name="points">The points, [rows, dimension].</param>
    /// <param name="ldp">Their row stride.</param>
    /// <param name="memberships">How much each point belongs to each component, [rows, components].</param>
    /// <param name="ldm">Their row stride.</param>
    /// <param name="rows">Number of points, at least 1.</param>
    /// <param name="dimension">Numbers of a point.</param>
    /// <param name="components">Number of components.</param>
    /// <param name="ridge">Added to each variance, above 0; where a covariance has no root, ten times as much, and so on.</param>
    /// <returns>The mean energy and the penalty.</returns>
    public static (double Energy, double Penalty) Value<T>(ReadOnlySpan<T> points, int ldp, ReadOnlySpan<T> memberships, int ldm, int rows,
        int dimension, int components, double ridge)
        where T : struct, INumberBase<T>
    {
        using var work = new Work(rows, dimension, components);
        work.Take(points, ldp, memberships, ldm, ridge);
        double energy = 0, penalty = 0;
        for (int k = 0; k < components; k++)
        {
            for (int i = 0; i < dimension; i++)
                penalty += 1 / work.Moments.Covariance(k)[i * dimension + i];
        }

        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < components; k++)
                work.Logs[k] = work.Moments.LogDensity(k, work.Point(r), work.Differences.Slice(k * dimension, dimension));
            energy -= LogSumExp(work.Logs);
        }

        return (energy / rows, penalty);
    }

    /// <summary>
    /// What <see cref="Value"/> changes by with points and memberships: the moments are functions of both, the ridge is a constant.
    /// </summary>
    /// <param name="points">The points, [rows, dimension].</param>
    /// <param name="ldp">Their row stride.</param>
    /// <param name="memberships">The memberships, [rows, components].</param>
    /// <param name="ldm">Their row stride.</param>
    /// <param name="rows">Number of points.</param>
    /// <param name="dimension">Numbers of a point.</param>
    /// <param name="components">Number of components.</param>
    /// <param name="ridge">As there.</param>
    /// <param name="ofEnergy">Gradient of the mean energy.</param>
    /// <param name="ofPenalty">Gradient of the penalty.</param>
    /// <param name="dPoints">Gradients of the points, added to what is there.</param>
    /// <param name="lddp">Their row stride.</param>
    /// <param name="dMemberships">Gradients of the memberships, added to what is there.</param>
    /// <param name="lddm">Their row stride.</param>
    public static void Gradient<T>(ReadOnlySpan<T> points, int ldp, ReadOnlySpan<T> memberships, int ldm, int rows, int dimension, int components,
        double ridge, double ofEnergy, double ofPenalty, Span<T> dPoints, int lddp, Span<T> dMemberships, int lddm)
        where T : struct, INumberBase<T>
    {
        using var work = new Work(rows, dimension, components);
        work.Take(points, ldp, memberships, ldm, ridge);
        MixtureEnergyGradient.Compute(work, ofEnergy, ofPenalty);
        Add(work.PointGradients, dPoints, lddp, rows, dimension);
        Add(work.MembershipGradients, dMemberships, lddm, rows, components);
    }

    private static void Add<T>(ReadOnlySpan<double> values, Span<T> to, int stride, int rows, int columns)
        where T : struct, INumberBase<T>
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                to[r * stride + c] = T.CreateTruncating(double.CreateTruncating(to[r * stride + c]) + values[r * columns + c]);
        }
    }

    /// <summary>
    /// Learns the mixture that <see cref="OfRows"/> takes from points and memberships. A component whose memberships are too small a share of all
    /// is left without weight.
    /// </summary>
    /// <param name="points">The points, [rows, dimension].</param>
    /// <param name="ldp">Their row stride.</param>
    /// <param name="memberships">The memberships, [rows, components].</param>
    /// <param name="ldm">Their row stride.</param>
    /// <param name="rows">Number of points.</param>
    /// <param name="dimension">Numbers of a point.</param>
    /// <param name="components">Number of components.</param>
    /// <param name="ridge">Added to each variance, as in <see cref="Value"/>.</param>
    /// <param name="leastShare">The share of the memberships from which on a component counts, in [0, 1).</param>
    /// <param name="mixture">The result, [components, 1 + dimension + dimension²].</param>
    public static void Learn<T>(ReadOnlySpan<T> points, int ldp, ReadOnlySpan<T> memberships, int ldm, int rows, int dimension, int components,
        double ridge, double leastShare, Span<T> mixture)
        where T : struct, INumberBase<T>
    {
        int d = dimension, width = 1 + d + d * d;
        using var work = new Work(rows, d, components);
        work.Take(points, ldp, memberships, ldm, ridge);
        Span<double> column = work.Differences[..d];
        for (int k = 0; k < components; k++)
        {
            Span<T> own = mixture.Slice(k * width, width);
            own[0] = T.CreateTruncating(work.Moments.Mass(k) < leastShare * rows ? -MostEnergy : work.Moments.LogFactor(k));
            for (int i = 0; i < d; i++)
            {
                own[1 + i] = T.CreateTruncating(work.Moments.Mean(k)[i]);
                column.Clear();
                column[i] = 1;
                work.Moments.SolveRoot(k, column);
                for (int r = 0; r < d; r++)
                    own[1 + d + r * d + i] = T.CreateTruncating(column[r]);
            }
        }
    }

    /// <summary>y[r] = -log sum_k of exp(c_k - |W_k (point - mu_k)|² / 2): the energy under a mixture that is known.</summary>
    /// <param name="points">The points, [rows, dimension].</param>
    /// <param name="ldp">Their row stride.</param>
    /// <param name="mixture">A row for each component: c, then mu, then W [dimension, dimension] row by row.</param>
    /// <param name="ldm">Its row stride.</param>
    /// <param name="y">The energies, one a row.</param>
    /// <param name="ldy">Distance of two of them.</param>
    /// <param name="rows">Number of points.</param>
    /// <param name="dimension">Numbers of a point.</param>
    /// <param name="components">Number of components.</param>
    public static void OfRows<T>(ReadOnlySpan<T> points, int ldp, ReadOnlySpan<T> mixture, int ldm, Span<T> y, int ldy, int rows, int dimension,
        int components)
        where T : struct, INumberBase<T>
    {
        Span<double> logs = stackalloc double[components];
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < components; k++)
                logs[k] = double.CreateTruncating(mixture[k * ldm]) - 0.5 * Distance(points.Slice(r * ldp, dimension), mixture.Slice(k * ldm + 1));
            double energy = -LogSumExp(logs);
            y[r * ldy] = T.CreateTruncating(double.IsNaN(energy) ? MostEnergy : Math.Clamp(energy, -MostEnergy, MostEnergy));
        }
    }

    private static double Distance<T>(ReadOnlySpan<T> point, ReadOnlySpan<T> component)
        where T : struct, INumberBase<T>
    {
        int d = point.Length;
        double squares = 0;
        for (int i = 0; i < d; i++)
        {
            double sum = 0;
            for (int j = 0; j <= i; j++)
                sum += double.CreateTruncating(component[d + i * d + j]) * (double.CreateTruncating(point[j]) - double.CreateTruncating(component[j]));
            squares += sum * sum;
        }

        return squares;
    }

    internal static double LogSumExp(ReadOnlySpan<double> logs)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double log in logs)
            largest = Math.Max(largest, log);
        if (!double.IsFinite(largest))
            return largest;
        foreach (double log in logs)
            sum += Math.Exp(log - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>Points, memberships and moments in double precision, in memory that is given back.</summary>
    internal readonly ref struct Work
    {
        private readonly double[] _memory;
        private readonly int _rows;
        private readonly int _dimension;
        private readonly int _components;

        public Work(int rows, int dimension, int components)
        {
            (_rows, _dimension, _components) = (rows, dimension, components);
            _memory = ArrayPool<double>.Shared.Rent(2 * rows * (dimension + components)
                + components * (MixtureMoments.LengthOf(dimension) + 2 + 2 * dimension + dimension * dimension));
        }

        private int Inputs => _rows * (_dimension + _components);

        private int Rest => 2 * Inputs + _components * MixtureMoments.LengthOf(_dimension);

        public int Rows => _rows;

        public int Components => _components;

        public int Dimension => _dimension;

        public ReadOnlySpan<double> Points => _memory.AsSpan(0, _rows * _dimension);

        public ReadOnlySpan<double> Memberships => _memory.AsSpan(_rows * _dimension, _rows * _components);

        public Span<double> PointGradients => _memory.AsSpan(Inputs, _rows * _dimension);

        public Span<double> MembershipGradients => _memory.AsSpan(Inputs + _rows * _dimension, _rows * _components);

        public MixtureMoments Moments => new(_memory.AsSpan(2 * Inputs), _dimension);

        public Span<double> Logs => _memory.AsSpan(Rest, _components);

        /// <summary>A number for each component.</summary>
        public Span<double> Masses => _memory.AsSpan(Rest + _components, _components);

        /// <summary>A vector for each component.</summary>
        public Span<double> Differences => _memory.AsSpan(Rest + 2 * _components, _components * _dimension);

        /// <summary>Another vector for each component.</summary>
        public Span<double> MeanGradients => _memory.AsSpan(Rest + _components * (2 + _dimension), _components * _dimension);

        /// <summary>A matrix for each component.</summary>
        public Span<double> CovarianceGradients =>
            _memory.AsSpan(Rest + _components * (2 + 2 * _dimension), _components * _dimension * _dimension);

        public ReadOnlySpan<double> Point(int row) => Points.Slice(row * _dimension, _dimension);

        public void Take<T>(ReadOnlySpan<T> points, int ldp, ReadOnlySpan<T> memberships, int ldm, double ridge)
            where T : struct, INumberBase<T>
        {
            Copy(points, ldp, _memory, _rows, _dimension);
            Copy(memberships, ldm, _memory.AsSpan(_rows * _dimension), _rows, _components);
            MixtureMoments moments = Moments;
            for (int k = 0; k < _components; k++)
                moments.Learn(k, Points, Memberships, _components, ridge);
        }

        private static void Copy<T>(ReadOnlySpan<T> from, int stride, Span<double> to, int rows, int columns)
            where T : struct, INumberBase<T>
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    to[r * columns + c] = double.CreateTruncating(from[r * stride + c]);
            }
        }

        public void Dispose() => ArrayPool<double>.Shared.Return(_memory);
    }
}
