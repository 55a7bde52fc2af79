namespace Adversarial.Neural;

/// <summary>
/// Which value of a graph stands where in the memory of a device. What no traced operation has written is constant. The number of rows of all
/// values grows with that of the rows that are traced; nothing else of their shapes does.
/// </summary>
/// <param name="graph">The graph of the values.</param>
/// <param name="batch">Number of rows that are traced.</param>
internal sealed class TracedMemory(OnnxGraph graph, int batch)
{
    private readonly Dictionary<Storage, int[]> _owners = [];
    private readonly List<(Matrix Place, OnnxValue Value)> _written = [];

    /// <summary>Whether a value of the graph stands in the matrix, or in a part of it.</summary>
    public bool Holds(in Matrix matrix)
    {
        if (matrix.IsNone || !_owners.TryGetValue(matrix.Storage, out int[]? owners))
            return false;
        for (int r = 0; r < matrix.Rows; r++)
        {
            if (owners.AsSpan(matrix.Offset + r * matrix.Stride, matrix.Columns).ContainsAnyExcept(0))
                return true;
        }

        return false;
    }

    /// <summary>From now on a value stands in the matrix.</summary>
    public void Write(in Matrix matrix, OnnxValue value)
    {
        if (matrix.Rows % batch != 0)
            throw Unclear(matrix);
        _written.Add((matrix, value));
        if (!_owners.TryGetValue(matrix.Storage, out int[]? owners))
            _owners.Add(matrix.Storage, owners = new int[matrix.Storage.Length]);
        Mark(owners, matrix, _written.Count);
    }

    /// <summary>From now on the matrix is constant.</summary>
    public void Forget(in Matrix matrix)
    {
        if (!matrix.IsNone && _owners.TryGetValue(matrix.Storage, out int[]? owners))
            Mark(owners, matrix, 0);
    }

    private static void Mark(int[] owners, in Matrix matrix, int owner)
    {
        for (int r = 0; r < matrix.Rows; r++)
            owners.AsSpan(matrix.Offset + r * matrix.Stride, matrix.Columns).Fill(owner);
    }

    /// <summary>The same numbers as a matrix with the rows that they were written in: of what is worked on element by element the rows do not matter.</summary>
    public Matrix AsWritten(in Matrix matrix)
    {
        int stride = PlaceAt(matrix, 0, 0).Stride, elements = matrix.Rows * matrix.Columns;
        bool fits = stride == matrix.Stride || ((matrix.Stride == matrix.Columns || matrix.Rows == 1) && elements % stride == 0);
        if (!fits)
            throw Unclear(matrix);
        return stride == matrix.Stride && matrix.Rows > 1 ? matrix : new Matrix(matrix.Storage, matrix.Offset, elements / stride, stride, stride);
    }

    /// <summary>What stands in the matrix, [rows, columns].</summary>
    public OnnxValue Read(in Matrix matrix)
    {
        if (PlaceAt(matrix, 0, 0).Stride != matrix.Stride && matrix.Rows > 1)
            return graph.Reshape(Read(AsWritten(matrix)), -1, matrix.Columns);
        if (matrix.Rows % batch != 0)
            throw Unclear(matrix);
        var parts = new List<OnnxValue>();
        for (int start = 0; start < matrix.Rows;)
        {
            int rows = 1;
            while (start + rows < matrix.Rows && OwnersOfRow(matrix, start + rows).SequenceEqual(OwnersOfRow(matrix, start)))
                rows++;
            parts.Add(ReadRows(matrix.Slice(start, rows, 0, matrix.Columns)));
            start += rows;
        }

        return parts.Count == 1 ? parts[0] : graph.Add("Concat", [.. parts], OnnxAttribute.Of("axis", 0));
    }

    // Rows that are all made of the same values side by side.
    private OnnxValue ReadRows(in Matrix rows)
    {
        var parts = new List<OnnxValue>();
        ReadOnlySpan<int> owners = OwnersOfRow(rows, 0);
        for (int c = 0; c < rows.Columns;)
        {
            int next = owners[c..].IndexOfAnyExcept(owners[c]), count = next < 0 ? rows.Columns - c : next;
            parts.Add(ReadPart(rows.Slice(0, rows.Rows, c, count)));
            c += count;
        }

        return graph.Join([.. parts]);
    }

    // A part of one value.
    private OnnxValue ReadPart(in Matrix part)
    {
        Matrix place = PlaceAt(part, 0, 0);
        int at = part.Offset - place.Offset, row = at / place.Stride, column = at % place.Stride;
        if (place.Stride != part.Stride || column + part.Columns > place.Columns || part.Rows % batch != 0 || row % part.Rows != 0 || place.Rows % part.Rows != 0)
            throw Unclear(part);
        OnnxValue value = OwnerValue(part);
        if (part.Rows < place.Rows)
        {
            var types = new OnnxType[place.Rows / part.Rows];
            Array.Fill(types, value.Type);
            value = graph.AddMany("Split", types, [value], OnnxAttribute.Of("axis", 0))[row / part.Rows];
        }

        return part.Columns == place.Columns ? value : graph.Columns(value, column, part.Columns);
    }

    private ReadOnlySpan<int> OwnersOfRow(in Matrix matrix, int row) => _owners[matrix.Storage].AsSpan(matrix.Offset + row * matrix.Stride, matrix.Columns);

    private OnnxValue OwnerValue(in Matrix matrix) => _written[OwnersOfRow(matrix, 0)[0] - 1].Value;

    private Matrix PlaceAt(in Matrix matrix, int row, int column)
    {
        int owner = OwnersOfRow(matrix, row)[column];
        return owner > 0 ? _written[owner - 1].Place : throw Unclear(matrix);
    }

    private static NotSupportedException Unclear(in Matrix matrix) =>
        new($"The score reads or writes {matrix.Rows} x {matrix.Columns} numbers of which it is not known how they grow with the rows, and is not exported.");
}
