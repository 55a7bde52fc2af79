using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>exp(-gamma |x - y|²) of blocks of rows x with kept rows y, by matrix products, on one thread; it allocates nothing after the first block.</summary>
internal sealed class RadialKernel(KeptRows rows, double gamma, int capacity)
{
    private const int ChunkRows = 1024;

    // Below this share of |x|² + |y|² too many digits are lost in its difference from 2 x y.
    private const double LeastShare = 1e-3;

    private readonly float[] _queries = new float[capacity * rows.Columns];
    private readonly float[] _products = new float[capacity * Math.Min(ChunkRows, rows.Count)];

    /// <summary>Where the scaled features of a row of the block are put.</summary>
    public Span<float> Row(int index) => _queries.AsSpan(index * rows.Columns, rows.Columns);

    /// <summary>The kernel of each of the first rows with each kept row.</summary>
    public void Fill(int count, Span<float> values)
    {
        for (int start = 0; start < rows.Count; start += ChunkRows)
        {
            int length = Multiply(start, count);
            for (int q = 0; q < count; q++)
            {
                double square = Reductions.SumOfSquares(Row(q));
                for (int j = 0; j < length; j++)
                    values[q * rows.Count + start + j] = (float)Value(Row(q), square, start + j, _products[q * length + j]);
            }
        }
    }

    /// <summary>For each of the first rows the sum of its kernel with the kept rows, each by its factor.</summary>
    public void Sum(int count, double[] factors, Span<double> sums)
    {
        sums[..count].Clear();
        for (int start = 0; start < rows.Count; start += ChunkRows)
        {
            int length = Multiply(start, count);
            for (int q = 0; q < count; q++)
            {
                double square = Reductions.SumOfSquares(Row(q)), sum = sums[q];
                for (int j = 0; j < length; j++)
                    sum += factors[start + j] * Value(Row(q), square, start + j, _products[q * length + j]);
                sums[q] = sum;
            }
        }
    }

    private int Multiply(int start, int count)
    {
        int columns = rows.Columns, length = Math.Min(ChunkRows, rows.Count - start);
        Gemm.InputGradient(_queries, columns, rows.Values.AsSpan(start * columns), columns, _products, length, count, length, columns,
            accumulate: false, default, 0, Activation.Identity, default, 1, default, WorkerGang.Single);
        return length;
    }

    private double Value(ReadOnlySpan<float> row, double square, int index, float product)
    {
        double sum = square + rows.Squares[index], distance = sum - 2.0 * product;
        if (distance < LeastShare * sum)
            distance = RowDistance.SquaredEuclidean(row, rows[index]);
        return Math.Exp(-gamma * distance);
    }
}
