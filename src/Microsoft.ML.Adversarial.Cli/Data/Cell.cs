using System.Globalization;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What stands in a cell of a text file.</summary>
internal static class Cell
{
    private static readonly string[] _missing = ["", "?", "NA", "N/A", "NaN", "null"];
    private static readonly string[] _infinite = ["inf", "+inf", "-inf"];
    private static readonly string[] _true = ["true", "yes"];
    private static readonly string[] _false = ["false", "no"];

    /// <summary>The value without quotes around it.</summary>
    public static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> cell)
    {
        if (cell.Length < 2 || cell[0] != '"' || cell[^1] != '"')
            return cell;
        ReadOnlySpan<char> inner = cell[1..^1];
        return inner.Contains('"') ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : inner;
    }

    /// <summary>Whether a cell of numbers says that there is none.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text) => IsOneOf(text, _missing);

    /// <summary>A number, with the point as decimal separator; true and false are 1 and 0, what is missing is NaN.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out float value)
    {
        text = text.Trim();
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        if (IsMissing(text))
            value = float.NaN;
        else if (TryBoolean(text, out bool flag))
            value = flag ? 1 : 0;
        else if (IsOneOf(text, _infinite))
            value = text[0] == '-' ? float.NegativeInfinity : float.PositiveInfinity;
        else
            return false;
        return true;
    }

    /// <summary>Whether it would be a number if its comma were a point, and points stood between its thousands.</summary>
    public static bool HasDecimalComma(ReadOnlySpan<char> text) => text.Count(',') == 1
        && float.TryParse(text.ToString().Replace(".", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>True or false in words.</summary>
    public static bool TryBoolean(ReadOnlySpan<char> text, out bool value)
    {
        value = IsOneOf(text, _true);
        return value || IsOneOf(text, _false);
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
