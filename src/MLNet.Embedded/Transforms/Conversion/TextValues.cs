using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values to text and back, in the notations of ML.NET.</summary>
internal static class TextValues
{
    private const char DecimalMarker = '.';

    internal static string Format<T>(T value) => value switch
    {
        ReadOnlyMemory<char> text => text.ToString(),
        bool flag => flag ? "1" : "0",
        float single => single.ToString("R", CultureInfo.InvariantCulture),
        double real => real.ToString("G17", CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("o", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Empty is 0; what is no number, or has blanks around it, is NaN.</summary>
    internal static float ParseSingle(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        return IsTrimmed(text) ? TextNumbers.ParseSingle(text, DecimalMarker) : float.NaN;
    }

    internal static double ParseDouble(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        return IsTrimmed(text) ? TextNumbers.ParseDouble(text, DecimalMarker) : double.NaN;
    }

    private static bool IsTrimmed(ReadOnlySpan<char> text) => !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]);
}
