namespace Adversarial.Detectors;

/// <summary>
/// Rows of equally many floats, kept in chunks so that a table of unknown length grows without being copied. Append, then read.
/// </summary>
public sealed class FeatureMatrix
{
    private const int ChunkElements = 1 << 18;

    private readonly List<float[]> _chunks = [];
    private readonly int _rowsInChunk;

    /// <summary>An empty matrix of <paramref name="columns"/> columns, at least 1.</summary>
    public FeatureMatrix(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Columns = columns;
        _rowsInChunk = Math.Max(1, ChunkElements / columns);
    }

    /// <summary>Number of columns (features).</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> this[int row] =>
        _chunks[row / _rowsInChunk].AsSpan(row % _rowsInChunk * Columns, Columns);

    /// <summary>Copies rows of equal length.</summary>
    public static FeatureMatrix FromRows(IEnumerable<float[]> rows)
    {
        FeatureMatrix? matrix = null;
        foreach (float[] row in rows)
        {
            matrix ??= new FeatureMatrix(row.Length);
            matrix.Add(row);
        }

        return matrix ?? throw new ArgumentException("There are no rows.", nameof(rows));
    }

    /// <summary>Appends a row.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        if (row.Length != Columns)
            throw new ArgumentException($"Row {Rows} has {row.Length} values where {Columns} are expected.", nameof(row));
        row.CopyTo(AppendRow());
    }

    /// <summary>Appends a row of zeros and gives it for writing.</summary>
    public Span<float> AppendRow()
    {
        int chunk = Rows / _rowsInChunk;
        if (chunk == _chunks.Count)
            _chunks.Add(new float[_rowsInChunk * Columns]);
        return _chunks[chunk].AsSpan(Rows++ % _rowsInChunk * Columns, Columns);
    }

    /// <summary>A row for writing; the row after the last one is appended.</summary>
    internal Span<float> RowAt(int row) => row == Rows ? AppendRow() : _chunks[row / _rowsInChunk].AsSpan(row % _rowsInChunk * Columns, Columns);

    /// <summary>Takes the last row away.</summary>
    public void RemoveLastRow()
    {
        Rows--;
        _chunks[Rows / _rowsInChunk].AsSpan(Rows % _rowsInChunk * Columns, Columns).Clear();
    }
}
