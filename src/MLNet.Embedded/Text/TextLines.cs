namespace Microsoft.ML.Data;

/// <summary>The lines of a source that are rows: no comments, no blank lines, no headers; quoted line breaks joined if wanted.</summary>
internal sealed class TextLines : IDisposable
{
    private readonly IMultiStreamSource _source;
    private readonly TextFormat _format;
    private readonly bool _skipHeader;
    private TextLineReader _reader;
    private int _nextFile;
    private bool _headerPending;
    private char[] _joined = [];

    internal TextLines(IMultiStreamSource source, TextFormat format, bool skipHeader)
    {
        _source = source;
        _format = format;
        _skipHeader = skipHeader;
    }

    internal char[] Buffer { get; private set; }

    internal int Start { get; private set; }

    internal int Length { get; private set; }

    /// <summary>The number of the line in its file, from 1.</summary>
    internal long LineNumber { get; private set; }

    internal bool MoveNext()
    {
        while (ReadLine())
        {
            ReadOnlySpan<char> line = Buffer.AsSpan(Start, Length);
            if (line.IsEmpty || line.StartsWith("//"))
                continue;
            if (_headerPending)
            {
                _headerPending = false;
                continue;
            }

            if (_format.ReadMultilines)
                Join();
            if (_format.TrimWhitespace)
                Length = Buffer.AsSpan(Start, Length).TrimEnd().Length;
            return true;
        }

        return false;
    }

    public void Dispose() => _reader?.Dispose();

    private bool ReadLine()
    {
        while (_reader == null || !_reader.MoveNext())
        {
            _reader?.Dispose();
            _reader = null;
            if (_nextFile >= _source.Count)
                return false;
            _reader = new TextLineReader(_source.OpenTextReader(_nextFile++));
            _headerPending = _skipHeader;
            LineNumber = 0;
        }

        LineNumber++;
        Buffer = _reader.Buffer;
        Start = _reader.Start;
        Length = _reader.Length;
        return true;
    }

    /// <summary>While a quoted field is open at the end of the line, appends the next line.</summary>
    private void Join()
    {
        var state = new QuoteState(_format);
        state.Scan(Buffer.AsSpan(Start, Length));
        if (!state.IsOpen)
            return;
        int length = 0;
        Append(ref length, Buffer.AsSpan(Start, Length));
        while (state.IsOpen && _reader.MoveNext())
        {
            LineNumber++;
            ReadOnlySpan<char> line = _reader.Buffer.AsSpan(_reader.Start, _reader.Length);
            Append(ref length, "\n");
            Append(ref length, line);
            state.Scan(line);
        }

        Buffer = _joined;
        Start = 0;
        Length = length;
    }

    private void Append(ref int length, ReadOnlySpan<char> text)
    {
        if (length + text.Length > _joined.Length)
            Array.Resize(ref _joined, Math.Max(2 * _joined.Length, length + text.Length));
        text.CopyTo(_joined.AsSpan(length));
        length += text.Length;
    }

    /// <summary>Whether the text scanned so far ends within quotes.</summary>
    private struct QuoteState(TextFormat format)
    {
        private bool _atFieldStart = true;

        internal bool IsOpen { get; private set; }

        internal void Scan(ReadOnlySpan<char> text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (IsOpen)
                {
                    if (c == format.EscapeChar && i + 1 < text.Length && text[i + 1] == '"')
                        i++;
                    else if (c == '"')
                        IsOpen = false;
                }
                else if (c == '"' && _atFieldStart)
                {
                    IsOpen = true;
                    _atFieldStart = false;
                }
                else
                {
                    _atFieldStart = format.Separators.Contains(c) || (_atFieldStart && c == ' ');
                }
            }
        }
    }
}
