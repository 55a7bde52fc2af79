using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>The fields of one line as slices: of the line itself, or of a side buffer for fields with escaped quotes.</summary>
internal sealed class TextFields(TextFormat format, int wanted)
{
    private readonly int _wanted = format.AllowSparse ? int.MaxValue : wanted;
    private int[] _starts = new int[16];
    private int[] _lengths = new int[16];
    private char[] _unescaped = [];
    private int _unescapedLength;
    private char[] _line;

    internal int Count { get; private set; }

    /// <summary>The field, empty past the end of the line.</summary>
    internal ReadOnlySpan<char> this[int index]
    {
        get
        {
            if (index >= Count)
                return default;
            int start = _starts[index];
            return start >= 0 ? _line.AsSpan(start, _lengths[index]) : _unescaped.AsSpan(~start, _lengths[index]);
        }
    }

    internal void Parse(char[] line, int start, int length)
    {
        _line = line;
        Count = 0;
        _unescapedLength = 0;
        int at = start;
        int end = start + length;
        while (Count < _wanted)
        {
            if (!format.SpaceSeparates)
            {
                while (at < end && line[at] == ' ')
                    at++;
            }

            if (format.AllowQuoting && at < end && line[at] == '"')
            {
                at = ParseQuoted(at + 1, end);
            }
            else
            {
                int size = format.IndexOfSeparator(line.AsSpan(at, end - at));
                if (size < 0)
                    size = end - at;
                Add(at, size);
                at += size;
            }

            if (at >= end)
                break;
            at++;
        }

        if (format.AllowSparse)
            ExpandSparse();
    }

    /// <summary>Parses from behind the opening quote and returns where the separator or the end is; a faulty field is empty.</summary>
    private int ParseQuoted(int from, int end)
    {
        int unescapedFrom = _unescapedLength;
        int copied = from;
        int at = from;
        while (true)
        {
            if (at >= end)
            {
                Add(end, 0);
                return end;
            }

            char c = _line[at];
            if (c == format.EscapeChar && at + 1 < end && _line[at + 1] == '"')
            {
                Unescape(copied, at);
                copied = at + 1;
                at += 2;
            }
            else if (c == '"')
            {
                break;
            }
            else
            {
                at++;
            }
        }

        int close = at++;
        while (!format.SpaceSeparates && at < end && _line[at] == ' ')
            at++;
        if (at < end && !format.Separators.Contains(_line[at]))
        {
            Add(close, 0);
            int rest = format.IndexOfSeparator(_line.AsSpan(at, end - at));
            return rest < 0 ? end : at + rest;
        }

        if (copied == from)
        {
            Add(from, close - from);
        }
        else
        {
            Unescape(copied, close);
            Add(~unescapedFrom, _unescapedLength - unescapedFrom);
        }

        return at;
    }

    private void Unescape(int from, int to)
    {
        int length = to - from;
        if (_unescapedLength + length > _unescaped.Length)
            Array.Resize(ref _unescaped, Math.Max(2 * _unescaped.Length, _unescapedLength + length));
        Array.Copy(_line, from, _unescaped, _unescapedLength, length);
        _unescapedLength += length;
    }

    private void Add(int start, int length)
    {
        Reserve(Count + 1);
        _starts[Count] = start;
        _lengths[Count++] = length;
    }

    private void Reserve(int count)
    {
        if (count <= _starts.Length)
            return;
        int size = Math.Max(count, 2 * _starts.Length);
        Array.Resize(ref _starts, size);
        Array.Resize(ref _lengths, size);
    }

    /// <summary>
    /// Puts 'n i:x j:y' at the end of the line into n fields: x in field i, y in field j, the others empty. A line that says it
    /// wrongly has no fields at all.
    /// </summary>
    private void ExpandSparse()
    {
        int first = 0;
        while (first < Count && !TrySplit(first, out _, out _))
            first++;
        if (first == Count)
            return;
        if (first == 0 || !int.TryParse(this[first - 1], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            Count = 0;
            return;
        }

        int count = Count;
        int[] starts = _starts[first..count];
        int[] lengths = _lengths[first..count];
        var entries = new (int Index, int Skip)[count - first];
        int last = -1;
        for (int i = 0; i < entries.Length; i++)
        {
            if (!TrySplit(first + i, out int index, out int skip) || index <= last || index >= size)
            {
                Count = 0;
                return;
            }

            entries[i] = (index, skip);
            last = index;
        }

        int from = first - 1;
        Reserve(from + size);
        Array.Clear(_starts, from, size);
        Array.Clear(_lengths, from, size);
        for (int i = 0; i < entries.Length; i++)
        {
            (int index, int skip) = entries[i];
            _starts[from + index] = starts[i] >= 0 ? starts[i] + skip : starts[i] - skip;
            _lengths[from + index] = lengths[i] - skip;
        }

        Count = from + size;
    }

    private bool TrySplit(int field, out int index, out int skip)
    {
        ReadOnlySpan<char> text = this[field];
        int colon = text.IndexOf(':');
        skip = colon + 1;
        index = 0;
        return colon > 0 && int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
