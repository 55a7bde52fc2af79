using System.Globalization;
using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Values to text and back, in the notations of ML.NET.</summary>
internal static class TextValues
{
    private static readonly string[] _trueWords = ["true", "t", "yes", "y", "1", "+1", "+"];

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

    /// <summary>Empty is 0, what is no number is NaN.</summary>
    internal static T ParseReal<T>(ReadOnlySpan<char> text) where T : IFloatingPointIeee754<T>
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.IsEmpty)
            return T.Zero;
        return T.TryParse(text, Styles, CultureInfo.InvariantCulture, out T value) ? value : T.NaN;
    }

    internal static T ParseInteger<T>(ReadOnlySpan<char> text, string typeName) where T : IBinaryInteger<T>
    {
        if (text.IsEmpty)
            return T.Zero;
        return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value)
            ? value
            : throw Errors.Operation($"Value could not be parsed from text to {typeName}.");
    }

    internal static bool ParseBoolean(ReadOnlySpan<char> text)
    {
        foreach (string word in _trueWords)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
