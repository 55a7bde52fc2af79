namespace Microsoft.ML.Data;

/// <summary>A list in blocks: it grows without copying, and a span added at once stays contiguous.</summary>
internal sealed class BlockList<T>
{
    private const int BlockSize = 1 << 15;

    private readonly List<T[]> _blocks = [];
    private int _used = BlockSize;

    /// <summary>By item number; only for lists filled item by item.</summary>
    internal T this[int index] => _blocks[index / BlockSize][index % BlockSize];

    internal void Add(T value)
    {
        if (_used == BlockSize)
        {
            _blocks.Add(new T[BlockSize]);
            _used = 0;
        }

        _blocks[^1][_used++] = value;
    }

    /// <summary>Adds the items and returns where they stand, for <see cref="GetSpan"/>.</summary>
    internal long Add(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
            return 0;
        if (_blocks.Count == 0 || _used + values.Length > _blocks[^1].Length)
        {
            _blocks.Add(new T[Math.Max(BlockSize, values.Length)]);
            _used = 0;
        }

        long at = ((long)(_blocks.Count - 1) << 32) | (uint)_used;
        values.CopyTo(_blocks[^1].AsSpan(_used));
        _used += values.Length;
        return at;
    }

    internal ReadOnlySpan<T> GetSpan(long at, int count) =>
        count == 0 ? default : _blocks[(int)(at >> 32)].AsSpan((int)(uint)at, count);
}
