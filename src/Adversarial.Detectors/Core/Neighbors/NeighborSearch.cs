using System.Runtime.Intrinsics;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// The nearest kept rows of blocks of rows, exactly, on one thread; nothing is allocated after the first block. Matrix products tell which
/// rows may be near, within the bounds of their rounding; the distances of those are computed from differences. So a row's neighbours and
/// their distances depend on the row alone.
/// </summary>
internal sealed class NeighborSearch
{
    private const int ChunkRows = 1024;
    private const float Unit = 1f / (1 << 24);

    private readonly KeptRows _rows;
    private readonly int _capacity;
    private readonly float[] _queries;
    private readonly float[] _products;
    private readonly double[] _distances;
    private readonly int[] _indices;

    /// <summary>Makes room for blocks of rows.</summary>
    /// <param name="rows">The rows among which neighbours are sought.</param>
    /// <param name="neighbors">Neighbours of a row, at most as many as there are rows (less 1 where a row is excluded).</param>
    /// <param name="capacity">The most rows of a block.</param>
    public NeighborSearch(KeptRows rows, int neighbors, int capacity)
    {
        _rows = rows;
        Neighbors = neighbors;
        _capacity = capacity;
        _queries = new float[capacity * rows.Columns];
        _products = new float[capacity * Math.Min(ChunkRows, rows.Count)];
        _distances = new double[capacity * neighbors];
        _indices = new int[capacity * neighbors];
    }

    /// <summary>Neighbours of a row.</summary>
    public int Neighbors { get; }

    /// <summary>Where the scaled features of a row of the block are put.</summary>
    public Span<float> Row(int index) => _queries.AsSpan(index * _rows.Columns, _rows.Columns);

    /// <summary>The squared distances of a row's neighbours, ascending.</summary>
    public ReadOnlySpan<double> SquaredDistances(int index) => _distances.AsSpan(index * Neighbors, Neighbors);

    /// <summary>The places of a row's neighbours among the kept rows, in the order of their distances; of equally near ones the first comes first.</summary>
    public ReadOnlySpan<int> Indices(int index) => _indices.AsSpan(index * Neighbors, Neighbors);

    /// <summary>The mean distance of a row's neighbours.</summary>
    public double MeanDistance(int index)
    {
        double sum = 0;
        foreach (double squared in SquaredDistances(index))
            sum += Math.Sqrt(squared);
        return sum / Neighbors;
    }

    /// <summary>Finds the neighbours of the first rows of the block.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="excluded">For each of them a kept row that is no neighbour of it, or -1; empty excludes none.</param>
    public void Find(int count, ReadOnlySpan<int> excluded = default)
    {
        _distances.AsSpan(0, count * Neighbors).Fill(double.PositiveInfinity);
        _indices.AsSpan(0, count * Neighbors).Fill(-1);
        int columns = _rows.Columns;
        for (int start = 0; start < _rows.Count; start += ChunkRows)
        {
            int length = Math.Min(ChunkRows, _rows.Count - start);
            Gemm.InputGradient(_queries, columns, _rows.Values.AsSpan(start * columns), columns, _products, length, count, length, columns,
                accumulate: false, default, 0, Activation.Identity, default, 1, default, WorkerGang.Single);
            for (int q = 0; q < count; q++)
                Scan(q, start, _products.AsSpan(q * length, length), excluded.IsEmpty ? -1 : excluded[q]);
        }
    }

    // A row is looked at where |x|² - 2 q x, less the most that rounding can have added, is not above what the farthest neighbour so far has.
    private void Scan(int query, int start, ReadOnlySpan<float> products, int excluded)
    {
        ReadOnlySpan<float> row = Row(query);
        double square = Reductions.SumOfSquares(row);
        float ofLength = 2 * (_rows.Columns + 8) * Unit * (float)Math.Sqrt(square);
        ReadOnlySpan<float> squares = _rows.Squares.AsSpan(start, products.Length), lengths = _rows.Lengths.AsSpan(start, products.Length);
        float bound = Bound(query, square);
        int width = Vector256<float>.Count, j = 0;
        Vector256<float> kept = Vector256.Create(1 - 8 * Unit), two = Vector256.Create(2f), error = Vector256.Create(ofLength);
        for (; j + width <= products.Length; j += width)
        {
            Vector256<float> least = Vector256.Create(squares[j..]) * kept - Vector256.Create(products[j..]) * two - Vector256.Create(lengths[j..]) * error;
            uint near = Vector256.LessThanOrEqual(least, Vector256.Create(bound)).ExtractMostSignificantBits();
            for (; near != 0; near &= near - 1)
                bound = Consider(query, row, start + j + System.Numerics.BitOperations.TrailingZeroCount(near), excluded, square, bound);
        }

        for (; j < products.Length; j++)
        {
            if (squares[j] * (1 - 8 * Unit) - products[j] * 2 - lengths[j] * ofLength <= bound)
                bound = Consider(query, row, start + j, excluded, square, bound);
        }
    }

    private float Bound(int query, double square)
    {
        double farthest = _distances[query * Neighbors + Neighbors - 1];
        return double.IsPositiveInfinity(farthest) ? float.PositiveInfinity : (float)(farthest - square + (farthest + square) * 8 * Unit);
    }

    private float Consider(int query, ReadOnlySpan<float> row, int index, int excluded, double square, float bound)
    {
        if (index == excluded)
            return bound;
        double distance = RowDistance.SquaredEuclidean(row, _rows[index]);
        Span<double> distances = _distances.AsSpan(query * Neighbors, Neighbors);
        if (distance >= distances[^1])
            return bound;
        Span<int> indices = _indices.AsSpan(query * Neighbors, Neighbors);
        int place = Neighbors - 1;
        for (; place > 0 && distances[place - 1] > distance; place--)
            (distances[place], indices[place]) = (distances[place - 1], indices[place - 1]);
        (distances[place], indices[place]) = (distance, index);
        return Bound(query, square);
    }
}
