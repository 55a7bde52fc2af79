namespace Adversarial.Detectors;

/// <summary>
/// Rows of equally many floats, kept in chunks so that a table of unknown length grows without being copied. Append, then read.
/// </summary>
public sealed class FeatureMatrix
{
    private const int ChunkElements = 1 << 18;

    private readonly List<float[]> _chunks = [];
    private readonly int _rowsInChunk;

    // Of a view the places of its rows.
    private readonly int[]? _places;

    /// <summary>An empty matrix of <paramref name="columns"/> columns, at least 1.</summary>
    public FeatureMatrix(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Columns = columns;
        _rowsInChunk = Math.Max(1, ChunkElements / columns);
    }

    private FeatureMatrix(FeatureMatrix of, int[] places)
    {
        (Columns, Rows, _rowsInChunk, _chunks) = (of.Columns, places.Length, of._rowsInChunk, of._chunks);
        _places = of._places is { } outer ? Array.ConvertAll(places, place => outer[place]) : places;
    }

    /// <summary>Number of columns (features).</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> this[int row] => RowOf(_places is null ? row : _places[row]);

    private Span<float> RowOf(int place) => _chunks[place / _rowsInChunk].AsSpan(place % _rowsInChunk * Columns, Columns);

    /// <summary>Some of the rows without a copy, in a given order; nothing is appended to them.</summary>
    internal FeatureMatrix Select(int[] rows) => new(this, rows);

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
        if (_places is not null)
            throw new InvalidOperationException("Nothing is appended to some of the rows of another matrix.");
        int chunk = Rows / _rowsInChunk;
        if (chunk == _chunks.Count)
            _chunks.Add(new float[_rowsInChunk * Columns]);
        return RowOf(Rows++);
    }

    /// <summary>A row for writing; the row after the last one is appended.</summary>
    internal Span<float> RowAt(int row) => row == Rows ? AppendRow() : RowOf(row);

    /// <summary>Takes the last row away.</summary>
    public void RemoveLastRow()
    {
        Rows--;
        RowOf(Rows).Clear();
    }
}
