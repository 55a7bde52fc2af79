namespace Adversarial.Neural;

/// <summary>
/// Memory that is taken back all at once, so that a step in steady state allocates nothing. Small matrices are handed out in order; large ones where they fit best,
/// and they can be given back before: what is used next then still lies in the caches.
/// </summary>
internal sealed class Arena(IDevice device, int smallestReused)
{
    // Rows of a matrix start on a cache line where the storage does.
    private const int Alignment = 16;
    private const int SmallestChunk = 1 << 14;

    /// <summary>Matrices of fewer elements are not worth a look at what has been given back.</summary>
    public const int DefaultSmallestReused = 1 << 14;

    // Of small matrices.
    private readonly List<Storage> _chunks = [];
    private Storage? _current;
    private int _chunk;
    private int _length;
    private int _used;

    // Of large ones: what nobody uses, and what has been handed out, in order; a block of length 0 has been given back.
    private readonly List<Block> _free = [];
    private readonly List<Block> _taken = [];

    /// <summary>A position to which <see cref="Release"/> goes back.</summary>
    public readonly record struct Mark(int Chunk, int Used, int Taken);

    private readonly record struct Block(Storage Storage, int Offset, int Length);

    public Mark Position => new(_chunk, _used, _taken.Count);

    public Matrix Allocate(int rows, int columns)
    {
        int length = Padded(checked(rows * columns));
        if (length >= smallestReused)
            return TakeBlock(length, rows, columns);
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

    // From the smallest place that is large enough: of such of one size the last that was given back.
    private Matrix TakeBlock(int length, int rows, int columns)
    {
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
        {
            if (_free[i].Length >= length && (best < 0 || _free[i].Length <= _free[best].Length))
                best = i;
        }

        Block block = best < 0 ? new Block(device.Allocate(length), 0, length) : _free[best];
        if (best >= 0)
            _free.RemoveAt(best);
        if (block.Length > length)
            _free.Add(new Block(block.Storage, block.Offset + length, block.Length - length));
        _taken.Add(block with { Length = length });
        return new Matrix(block.Storage, block.Offset, rows, columns, columns);
    }

    /// <summary>Gives back a whole matrix that nobody reads any more.</summary>
    public void GiveBack(in Matrix matrix)
    {
        if (Padded(matrix.Extent) < smallestReused)
            return;
        for (int i = _taken.Count - 1; i >= 0; i--)
        {
            if (_taken[i].Storage != matrix.Storage || _taken[i].Offset != matrix.Offset || _taken[i].Length == 0)
                continue;
            Free(_taken[i]);
            _taken[i] = _taken[i] with { Length = 0 };
            return;
        }
    }

    // Neighbours are joined.
    private void Free(Block block)
    {
        for (int i = _free.Count - 1; i >= 0; i--)
        {
            Block other = _free[i];
            if (other.Storage != block.Storage || (other.Offset + other.Length != block.Offset && block.Offset + block.Length != other.Offset))
                continue;
            block = new Block(block.Storage, Math.Min(block.Offset, other.Offset), block.Length + other.Length);
            _free.RemoveAt(i);
        }

        _free.Add(block);
    }

    private static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    public void Release(Mark mark)
    {
        if (mark.Chunk != _chunk)
            Enter(mark.Chunk, 0);
        _used = mark.Used;
        for (int i = _taken.Count - 1; i >= mark.Taken; i--)
        {
            if (_taken[i].Length > 0)
                Free(_taken[i]);
        }

        _taken.RemoveRange(mark.Taken, _taken.Count - mark.Taken);
    }

    /// <summary>Takes everything back.</summary>
    public void Reset() => Release(default);
}
