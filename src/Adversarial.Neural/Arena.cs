namespace Adversarial.Neural;

/// <summary>
/// Memory that is handed out in order and taken back all at once, so that a step in steady state allocates nothing. Large matrices can be
/// given back before: what is used next then still lies in the caches.
/// </summary>
internal sealed class Arena(IDevice device, int smallestReused)
{
    // Rows of a matrix start on a cache line where the storage does.
    private const int Alignment = 16;
    private const int SmallestChunk = 1 << 14;

    /// <summary>Matrices of fewer elements are not worth a look at what has been given back.</summary>
    public const int DefaultSmallestReused = 1 << 14;

    private readonly List<Storage> _chunks = [];
    private readonly List<Matrix> _free = [];
    private Storage? _current;
    private int _chunk;
    private int _length;
    private int _used;

    /// <summary>A position to which <see cref="Release"/> goes back.</summary>
    public readonly record struct Mark(int Chunk, int Used);

    public Mark Position => new(_chunk, _used);

    public Matrix Allocate(int rows, int columns)
    {
        int length = Padded(checked(rows * columns));
        if (_free.Count > 0 && length >= smallestReused && TryReuse(length, out Matrix free))
            return new Matrix(free.Storage, free.Offset, rows, columns, columns);

        if (_current is null || _length - _used < length)
            Advance(length);
        var matrix = new Matrix(_current!, _used, rows, columns, columns);
        _used += length;
        return matrix;
    }

    // To the first of the following chunks with room, or to a new one.
    private void Advance(int length)
    {
        do
            Enter(_current is null ? 0 : _chunk + 1, length);
        while (_length < length);
    }

    private void Enter(int chunk, int atLeast)
    {
        if (chunk == _chunks.Count)
            _chunks.Add(device.Allocate(Math.Max(atLeast, SmallestChunk)));
        (_chunk, _current, _used) = (chunk, _chunks[chunk], 0);
        _length = _current.Length;
    }

    /// <summary>Gives back a whole matrix that nobody reads any more.</summary>
    public void GiveBack(in Matrix matrix)
    {
        if (matrix.Extent >= smallestReused)
            _free.Add(matrix);
    }

    private bool TryReuse(int length, out Matrix free)
    {
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
        {
            if (Padded(_free[i].Extent) >= length && (best < 0 || _free[i].Extent < _free[best].Extent))
                best = i;
        }

        free = best < 0 ? default : _free[best];
        if (best >= 0)
            _free.RemoveAt(best);
        return best >= 0;
    }

    private static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    public void Release(Mark mark)
    {
        if (mark.Chunk != _chunk)
            Enter(mark.Chunk, 0);
        _used = mark.Used;
        _free.Clear();
    }

    /// <summary>Takes everything back.</summary>
    public void Reset() => Release(default);
}
