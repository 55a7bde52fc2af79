namespace Adversarial.Neural;

/// <summary>Memory that is handed out in order and taken back all at once, so that a step in steady state allocates nothing.</summary>
internal sealed class Arena(IDevice device)
{
    // Rows of a matrix start on a cache line where the storage does.
    private const int Alignment = 16;
    private const int SmallestChunk = 1 << 14;

    private readonly List<Storage> _chunks = [];
    private int _chunk;
    private int _used;

    /// <summary>A position to which <see cref="Release"/> goes back.</summary>
    public readonly record struct Mark(int Chunk, int Used);

    public Mark Position => new(_chunk, _used);

    public Matrix Allocate(int rows, int columns)
    {
        int length = (checked(rows * columns) + Alignment - 1) / Alignment * Alignment;
        while (_chunk < _chunks.Count && _chunks[_chunk].Length - _used < length)
        {
            _chunk++;
            _used = 0;
        }

        if (_chunk == _chunks.Count)
            _chunks.Add(device.Allocate(Math.Max(length, SmallestChunk)));
        var matrix = new Matrix(_chunks[_chunk], _used, rows, columns, columns);
        _used += length;
        return matrix;
    }

    public void Release(Mark mark)
    {
        _chunk = mark.Chunk;
        _used = mark.Used;
    }

    /// <summary>Takes everything back.</summary>
    public void Reset() => Release(default);
}
