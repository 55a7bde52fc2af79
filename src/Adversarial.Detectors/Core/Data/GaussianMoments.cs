namespace Adversarial.Detectors;

/// <summary>Mean and covariance of rows, with the covariance made invertible; in double precision.</summary>
internal sealed class GaussianMoments
{
    // Keeps the covariance invertible where features are constant or depend on each other.
    private const double Ridge = 1e-6;

    private readonly double[] _mean;
    private readonly double[] _root;

    private GaussianMoments(double[] mean, double[] root)
    {
        _mean = mean;
        _root = root;
    }

    public int Dimension => _mean.Length;

    /// <summary>
    /// Moments of rows of <paramref name="dimension"/> values. The fewer the rows, the more the covariance shrinks towards its diagonal:
    /// by dimension / (dimension + rows).
    /// </summary>
    public static GaussianMoments Of(IReadOnlyList<float[]> rows, int dimension)
    {
        var mean = new double[dimension];
        foreach (float[] row in rows)
        {
            for (int i = 0; i < dimension; i++)
                mean[i] += row[i] / (double)rows.Count;
        }

        var covariance = new double[dimension * dimension];
        foreach (float[] row in rows)
        {
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                    covariance[i * dimension + j] += (row[i] - mean[i]) * (row[j] - mean[j]) / Math.Max(1, rows.Count - 1);
            }
        }

        double kept = rows.Count / (double)(rows.Count + dimension);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
                covariance[i * dimension + j] *= kept;
            covariance[i * dimension + i] += Ridge;
        }

        return new GaussianMoments(mean, CholeskyRoot.Of(covariance, dimension, Ridge));
    }

    /// <summary>
    /// Weights [dimension, dimension] and bias of the map that gives these moments the mean 0 and the covariance 1: the length of its
    /// output is the Mahalanobis distance.
    /// </summary>
    public (float[] Weights, float[] Bias) Whitening()
    {
        int n = Dimension;
        var weights = new float[n * n];
        var bias = new float[n];
        var column = new double[n];
        for (int source = 0; source < n; source++)
        {
            // Column by column the inverse of the root, by forward substitution.
            for (int i = 0; i < n; i++)
            {
                double sum = i == source ? 1 : 0;
                for (int k = source; k < i; k++)
                    sum -= _root[i * n + k] * column[k];
                column[i] = i < source ? 0 : sum / _root[i * n + i];
                weights[source * n + i] = (float)column[i];
                bias[i] -= (float)(_mean[source] * column[i]);
            }
        }

        return (weights, bias);
    }

    /// <summary>Weights [dimension, dimension] and bias of the map that gives N(0, 1) these moments.</summary>
    public (float[] Weights, float[] Bias) Coloring()
    {
        int n = Dimension;
        var weights = new float[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                weights[j * n + i] = (float)_root[i * n + j];
        }

        return (weights, Array.ConvertAll(_mean, value => (float)value));
    }

    public void Save(BinaryWriter writer)
    {
        foreach (double value in _mean)
            writer.Write(value);
        foreach (double value in _root)
            writer.Write(value);
    }

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public static long LengthOf(int dimension) => sizeof(double) * (dimension + (long)dimension * dimension);

    /// <exception cref="FormatException">A number is not finite, or the root's diagonal is not above 0.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static GaussianMoments Load(BinaryReader reader, int dimension)
    {
        reader.RequireBytes(LengthOf(dimension), "The moments of the codes");
        var mean = new double[dimension];
        var root = new double[dimension * dimension];
        for (int i = 0; i < mean.Length; i++)
            mean[i] = ReadFinite(reader);
        for (int i = 0; i < root.Length; i++)
            root[i] = ReadFinite(reader);
        for (int i = 0; i < dimension; i++)
            ContentReading.Require(root[i * dimension + i], value => value > 0, $"Element {i} of the diagonal of the codes' moments", "above 0");
        return new GaussianMoments(mean, root);
    }

    // Finite in single precision, in which they are used.
    private static double ReadFinite(BinaryReader reader) =>
        ContentReading.Require(reader.ReadDouble(), value => Math.Abs(value) <= float.MaxValue, "A moment of the codes", "a finite number");
}
