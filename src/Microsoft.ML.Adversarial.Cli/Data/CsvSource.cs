using System.Buffers;
using System.Text;
using nietras.SeparatedValues;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Comma- or otherwise separated text.</summary>
internal sealed class CsvSource : TableSource
{
    private readonly SepReader _reader;
    private readonly bool _hasHeader;
    private readonly string[] _names;
    private ColumnRequest[] _columns = [];
    private int[] _places = [];
    private bool _keepLines;
    private bool _pending;
    private long _row = 1;
    private long _line;
    private readonly long _emptyLines;
    private StringPool[] _pools = [];

    /// <param name="reader">The text.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="separator">Between cells; null: the one that the first line has most of.</param>
    /// <param name="hasHeader">Whether the first line holds names; else columns are named col0, col1 and so on.</param>
    /// <exception cref="UserError">The file is empty, or two columns have one name.</exception>
    public CsvSource(TextReader reader, string name, char? separator, bool hasHeader)
    {
        Name = name;
        _hasHeader = hasHeader;
        Sep? sep = separator is { } given ? Sep.New(given) : null;
        // The separator is found in the first line, which is to be one with names.
        long empty = 0;
        try
        {
            while (reader.Peek() is '\r' or '\n')
                empty += reader.Read() == '\r' && reader.Peek() == '\n' ? 0 : 1;
            _emptyLines = empty;
            _reader = Sep.Reader(o => o with { Sep = sep, HasHeader = false, DisableColCountCheck = true, Unescape = false }).From(reader);
        }
        catch (Exception failure) when (failure is DecoderFallbackException or InvalidDataException)
        {
            throw Unreadable(failure);
        }

        _pending = MoveNext();
        if (!_pending || _reader.Current.Span.IsWhiteSpace())
            throw new UserError($"{name} is empty: it needs {(hasHeader ? "a line with the columns' names and " : "")}at least one row.");
        SepReader.Row first = _reader.Current;
        if (first.Span.Contains('\0'))
            throw new UserError($"{name} is no text in UTF-8: every other byte of it is zero, as in UTF-16 without its mark. Save it as UTF-8.");
        _names = new string[first.ColCount];
        var unnamed = new List<string>();
        for (int c = 0; c < _names.Length; c++)
        {
            _names[c] = hasHeader ? Cell.Unquoted(first[c].Span).Trim().ToString() : "";
            if (_names[c].Length > 0)
                continue;
            _names[c] = $"col{c}";
            unnamed.Add(_names[c]);
        }

        RequireQuotes(first);
        UnnamedColumns = hasHeader ? unnamed : [];
        if (hasHeader)
            _pending = Advance();
        if (_names.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new UserError($"{name} has two columns named '{twice}': rename one{(hasHeader ? ", or say --has-header false if the first line is no header" : "")}.");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ColumnNames => _names;

    /// <inheritdoc/>
    public override char? Separator => _reader.Spec.Sep.Separator;

    /// <inheritdoc/>
    public override string Place(long row) => $"row {row} (line {_line})";

    protected override void Select(IReadOnlyList<ColumnRequest> columns, int[] places, bool keepLines)
    {
        _columns = [.. columns];
        _places = places;
        _keepLines = keepLines;
        _pools = [.. columns.Select(_ => new StringPool())];
    }

    /// <inheritdoc/>
    public override bool Fill(RowBlock block)
    {
        block.FirstRow = _row;
        block.Count = 0;
        block.Lines.ResetWrittenCount();
        while (_pending && block.Count < RowBlock.Capacity)
        {
            Read(_reader.Current, block);
            _pending = Advance();
        }

        return block.Count > 0;
    }

    // Empty lines, such as one at the end, are no rows; where there is one column only they are one without a value.
    private bool Advance()
    {
        while (MoveNext())
        {
            if (_names.Length == 1 || _reader.Current.Span.Length > 0)
                return true;
        }

        return false;
    }

    private bool MoveNext()
    {
        try
        {
            return _reader.MoveNext();
        }
        catch (Exception failure) when (failure is DecoderFallbackException or InvalidDataException)
        {
            throw Unreadable(failure);
        }
    }

    // Read all the same, letters would turn into others and categories with them, and rows be missing.
    private UserError Unreadable(Exception failure) => new(failure is DecoderFallbackException
        ? $"{Name} is no text in UTF-8: some bytes of it stand for no letter. Save it as UTF-8; a file of an older Windows program becomes that by iconv -f CP1252 -t UTF-8."
        : $"{Name}, row {_row} or one behind it: the archive is truncated or damaged. {failure.Message}", failure);

    private void Read(SepReader.Row row, RowBlock block)
    {
        _line = row.LineNumberFrom + _emptyLines;
        if (row.ColCount != _names.Length)
        {
            throw new UserError($"{Name}, {Place(_row)} has {row.ColCount} cells where {(_hasHeader ? "the header" : "the first row")} has {_names.Length}: "
                + "a quote may be missing, or a separator stand in a text without quotes.");
        }

        RequireQuotes(row);
        int index = block.Count;
        for (int i = 0; i < _places.Length; i++)
        {
            SepReader.Col cell = row[_places[i]];
            if (_columns[i].Kind == CellKind.Text)
            {
                block.Texts[i][index] = _pools[i].Get(Cell.Unquoted(cell.Span));
                continue;
            }

            // Sep takes commas for those between thousands, which makes 1344 of 0,1344.
            if (!(cell.TryParse(out float value) && !cell.Span.Contains(',')) && !Cell.TryNumber(Cell.Unquoted(cell.Span), out value))
                throw NoNumber(_row, _columns[i].Name, Cell.Unquoted(cell.Span));
            block.Numbers[i][index] = value;
        }

        if (_keepLines)
        {
            block.Lines.Write(row.Span);
            block.LineEnds[index] = block.Lines.WrittenCount;
        }

        block.Count++;
        _row++;
    }

    // A quote that is missing, or stands within a text, makes one cell of all lines up to the next quote.
    private void RequireQuotes(SepReader.Row row)
    {
        int lines = row.LineNumberToExcl - row.LineNumberFrom;
        for (int c = 0; lines > 1 && c < row.ColCount; c++)
        {
            ReadOnlySpan<char> cell = row[c].Span;
            if (cell.ContainsAny('\r', '\n') && !(cell.Length > 1 && cell[0] == '"' && cell[^1] == '"'))
            {
                throw new UserError($"{Name}, line {row.LineNumberFrom + _emptyLines}, column '{_names[c]}': one cell takes {lines} lines, as a quote in it begins or ends within a text or is missing. "
                    + "A text with a quote in it stands in quotes, and its own are doubled: \"5\"\" pipe\".");
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.Dispose();
}
