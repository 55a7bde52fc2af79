using System.Numerics;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The leading eigenvectors of a covariance that is only seen row by row (Halko, Martinsson and Tropp 2011): the first pass multiplies
/// it with random directions, the second with an orthonormal basis of the result. In double precision, since centring subtracts.
/// </summary>
internal sealed class RandomizedRangeFinder
{
    private const double Negligible = 1e-12;

    private readonly int _dimension;
    private readonly bool _center;
    private readonly double[] _mean;
    private readonly double[] _row;
    private double[][] _directions;
    private double[][] _products;
    private double _totalWeight;
    private bool _meanKnown;

    internal RandomizedRangeFinder(int dimension, int directions, bool center, Random random)
    {
        _dimension = dimension;
        _center = center;
        _mean = new double[dimension];
        _row = new double[dimension];
        _directions = NewRows(directions);
        _products = NewRows(directions);
        foreach (double[] direction in _directions)
        {
            for (int i = 0; i < dimension; i++)
                direction[i] = Gaussian(random);
        }
    }

    internal ReadOnlySpan<double> Mean => _mean;

    internal void AddRow(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, double weight)
    {
        // A sparse row is spread out, with zeros: the products below run over whole vectors.
        bool dense = values.Length == _dimension;
        if (!dense)
            Array.Clear(_row);
        for (int i = 0; i < values.Length; i++)
            _row[dense ? i : indices[i]] = values[i];

        for (int k = 0; k < _directions.Length; k++)
            AddScaled(_products[k], _row, weight * Dot(_directions[k], _row));
        if (_meanKnown)
            return;
        _totalWeight += weight;
        AddScaled(_mean, _row, weight);
    }

    /// <summary>Between the passes: from here on rows are multiplied with the basis of what the first pass found.</summary>
    internal void StartSecondPass()
    {
        for (int i = 0; i < _dimension; i++)
            _mean[i] = _center ? _mean[i] / _totalWeight : 0;
        _meanKnown = true;

        Center();
        Orthonormalize(_products);
        (_directions, _products) = (_products, NewRows(_products.Length));
    }

    /// <summary>Unit vectors by falling variance; directions without variance are zero vectors, no variance at all gives NaN.</summary>
    internal double[][] FindEigenvectors(int rank)
    {
        // ML.NET adds the rows of the second pass to the mean that the first has left there; its scores come only from that mean.
        for (int i = 0; i < _dimension; i++)
            _mean[i] *= 1 + 1 / _totalWeight;
        Center();
        OneSidedJacobi.Orthogonalize(_products);
        double[][] rows = _products.OrderByDescending(Norm).Take(rank).ToArray();
        double largest = Norm(rows[0]);
        foreach (double[] row in rows)
        {
            double norm = Norm(row);
            double scale = norm > Negligible * largest || largest == 0 ? 1 / norm : 0;
            for (int i = 0; i < row.Length; i++)
                row[i] *= scale;
        }
        return rows;
    }

    private void Center()
    {
        if (!_center)
            return;
        for (int k = 0; k < _directions.Length; k++)
            AddScaled(_products[k], _mean, -_totalWeight * Dot(_directions[k], _mean));
    }

    // Twice is enough for orthogonality to round-off; what is left of a dependent row is noise and must not become a direction.
    private static void Orthonormalize(double[][] rows)
    {
        double largest = rows.Max(Norm);
        for (int k = 0; k < rows.Length; k++)
        {
            for (int repeat = 0; repeat < 2; repeat++)
            {
                for (int j = 0; j < k; j++)
                    AddScaled(rows[k], rows[j], -Dot(rows[j], rows[k]));
            }
            double norm = Norm(rows[k]);
            double scale = norm > Negligible * largest ? 1 / norm : 0;
            for (int i = 0; i < rows[k].Length; i++)
                rows[k][i] *= scale;
        }
    }

    private double[][] NewRows(int count)
    {
        var rows = new double[count][];
        for (int k = 0; k < count; k++)
            rows[k] = new double[_dimension];
        return rows;
    }

    private static double Norm(double[] row) => Math.Sqrt(Dot(row, row));

    private static double Dot(double[] a, double[] b)
    {
        var sums = Vector<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(a, i) * new Vector<double>(b, i);
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void AddScaled(double[] destination, double[] source, double factor)
    {
        int i = 0;
        for (; i <= source.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(destination, i) + factor * new Vector<double>(source, i)).CopyTo(destination, i);
        for (; i < source.Length; i++)
            destination[i] += factor * source[i];
    }

    // Box and Muller; 1 - u keeps the logarithm finite.
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
