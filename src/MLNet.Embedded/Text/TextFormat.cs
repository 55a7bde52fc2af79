using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How lines are split and numbers are written, checked.</summary>
internal sealed class TextFormat
{
    internal TextFormat(TextLoader.Options options)
    {
        char[] separators = options.Separators is { Length: > 0 } given ? given : ['\t'];
        foreach (char separator in separators)
            Errors.CheckParam(IsLegal(separator), "Separator", $"Illegal separator: '{separator}'");
        Errors.CheckParam(options.DecimalMarker is '.' or ',', nameof(options.DecimalMarker),
            "Decimal marker cannot be anything other than '.' or ','");
        Errors.CheckParam(options.AllowQuoting || !separators.Contains(options.DecimalMarker), nameof(options.AllowQuoting),
            $"Quoting must be allowed if decimal marker and separator are the '{options.DecimalMarker}' character.");
        Errors.CheckParam(!separators.Contains(options.EscapeChar), nameof(options.EscapeChar),
            $"Escape character '{options.EscapeChar}' is a separator");

        Separators = separators;
        DecimalMarker = options.DecimalMarker;
        EscapeChar = options.EscapeChar;
        AllowQuoting = options.AllowQuoting;
        AllowSparse = options.AllowSparse;
        HasHeader = options.HasHeader;
        TrimWhitespace = options.TrimWhitespace;
        ReadMultilines = options.AllowQuoting && options.ReadMultilines;
        MissingRealsAsNaNs = options.MissingRealsAsNaNs;
        MaxRows = options.MaxRows ?? long.MaxValue;
        SpaceSeparates = separators.Contains(' ');
    }

    internal char[] Separators { get; }

    internal char DecimalMarker { get; }

    internal char EscapeChar { get; }

    internal bool AllowQuoting { get; }

    internal bool AllowSparse { get; }

    internal bool HasHeader { get; }

    internal bool TrimWhitespace { get; }

    internal bool ReadMultilines { get; }

    internal bool MissingRealsAsNaNs { get; }

    internal long MaxRows { get; }

    internal bool SpaceSeparates { get; }

    /// <summary>The fields of the first line that is no comment and not blank; null for none.</summary>
    internal string[] ReadFirstLine(IMultiStreamSource source)
    {
        using var lines = new TextLines(source, this, skipHeader: false);
        if (!lines.MoveNext())
            return null;
        var fields = new TextFields(this, int.MaxValue);
        fields.Parse(lines.Buffer, lines.Start, lines.Length);
        return Enumerable.Range(0, fields.Count).Select(i => fields[i].ToString()).ToArray();
    }

    internal int IndexOfSeparator(ReadOnlySpan<char> text) =>
        Separators.Length == 1 ? text.IndexOf(Separators[0]) : text.IndexOfAny(Separators);

    private static bool IsLegal(char separator) =>
        separator == '\t' || (separator >= ' ' && !char.IsAsciiDigit(separator) && separator != '"');
}
