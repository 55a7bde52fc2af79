namespace Microsoft.ML.Data;

/// <summary>Lines of a text as slices of one buffer: a line is valid until the next is read.</summary>
internal sealed class TextLineReader(TextReader reader) : IDisposable
{
    private const int InitialSize = 1 << 16;

    private int _next;
    private int _end;
    private bool _skipLineFeed;

    internal char[] Buffer { get; private set; } = new char[InitialSize];

    internal int Start { get; private set; }

    internal int Length { get; private set; }

    internal bool MoveNext()
    {
        if (_skipLineFeed)
        {
            if (_next == _end && !Fill(_next))
                return false;
            if (Buffer[_next] == '\n')
                _next++;
            _skipLineFeed = false;
        }

        int scanned = 0;
        while (true)
        {
            int at = Buffer.AsSpan(_next + scanned, _end - _next - scanned).IndexOfAny('\n', '\r');
            if (at >= 0)
                return Take(scanned + at, 1);
            scanned = _end - _next;
            if (!Fill(_next))
                return scanned > 0 && Take(scanned, 0);
        }
    }

    public void Dispose() => reader.Dispose();

    private bool Take(int length, int terminator)
    {
        Start = _next;
        Length = length;
        _next += length + terminator;
        _skipLineFeed = terminator > 0 && Buffer[_next - 1] == '\r';
        return true;
    }

    /// <summary>Moves what is kept to the front and reads on behind it; the buffer grows only for lines that do not fit.</summary>
    private bool Fill(int keepFrom)
    {
        int kept = _end - keepFrom;
        if (kept == Buffer.Length)
        {
            char[] larger = new char[2 * Buffer.Length];
            Array.Copy(Buffer, keepFrom, larger, 0, kept);
            Buffer = larger;
        }
        else
        {
            Array.Copy(Buffer, keepFrom, Buffer, 0, kept);
        }

        _next = 0;
        int read = reader.Read(Buffer, kept, Buffer.Length - kept);
        _end = kept + read;
        return read > 0;
    }
}
