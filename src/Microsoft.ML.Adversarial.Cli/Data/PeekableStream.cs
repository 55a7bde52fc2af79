namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class PeekableStream : Stream
{
    private const int PeekedBytes = 4;

    private readonly Stream _inner;
    private readonly byte[] _head = new byte[PeekedBytes];
    private readonly int _headLength;
    private int _taken;

    public PeekableStream(Stream inner)
    {
        _inner = inner;
        _headLength = inner.ReadAtLeast(_head, PeekedBytes, throwOnEndOfStream: false);
        if (!inner.CanSeek)
            return;
        inner.Position = 0;
        _taken = _headLength;
    }

    /// <summary>Whether it begins with some bytes, at most four.</summary>
    public bool StartsWith(ReadOnlySpan<byte> bytes) => _head.AsSpan(0, _headLength).StartsWith(bytes);

    public override bool CanRead => true;

    public override bool CanSeek => _inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => _inner.Length;

    public override long Position
    {
        get => _inner.Position;
        set => _inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _headLength)
            return _inner.Read(buffer);
        int count = Math.Min(buffer.Length, _headLength - _taken);
        _head.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => _inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
