using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Real numbers from text without making strings, correctly rounded.</summary>
internal static class TextNumbers
{
    private const long MaxExactMantissa = 1L << 53;

    // The powers of ten that a double holds exactly.
    private static readonly double[] _powers =
        Enumerable.Range(0, 23).Select(n => double.Parse($"1e{n}", CultureInfo.InvariantCulture)).ToArray();

    internal static float ParseSingle(ReadOnlySpan<char> text, char decimalMarker)
    {
        if (TryParseShort(text, decimalMarker, out double quick))
        {
            // A double that lies midway between two floats may already have been rounded: only then does rounding twice differ.
            const long LowBits = (1L << 29) - 1;
            if ((BitConverter.DoubleToInt64Bits(quick) & LowBits) != 1L << 28)
                return (float)quick;
        }

        if (TrySymbol(text, out double symbol))
            return (float)symbol;
        Span<char> buffer = stackalloc char[128];
        return TryInvariant(text, decimalMarker, buffer, out ReadOnlySpan<char> invariant)
            && float.TryParse(invariant, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
            ? value
            : float.NaN;
    }

    internal static double ParseDouble(ReadOnlySpan<char> text, char decimalMarker)
    {
        if (TryParseShort(text, decimalMarker, out double value) || TrySymbol(text, out value))
            return value;
        Span<char> buffer = stackalloc char[128];
        return TryInvariant(text, decimalMarker, buffer, out ReadOnlySpan<char> invariant)
            && double.TryParse(invariant, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? value
            : double.NaN;
    }

    /// <summary>Digits and a decimal marker only, few enough that one division of exact numbers gives the rounded result.</summary>
    private static bool TryParseShort(ReadOnlySpan<char> text, char decimalMarker, out double value)
    {
        value = 0;
        int at = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is '-' or '+')
            negative = text[at++] == '-';
        long mantissa = 0;
        int digits = 0;
        int scale = -1;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (char.IsAsciiDigit(c))
            {
                mantissa = 10 * mantissa + (c - '0');
                if (mantissa > MaxExactMantissa)
                    return false;
                digits++;
                if (scale >= 0)
                    scale++;
            }
            else if (c == decimalMarker && scale < 0)
            {
                scale = 0;
            }
            else
            {
                return false;
            }
        }

        if (digits == 0 || scale >= _powers.Length)
            return false;
        value = scale > 0 ? mantissa / _powers[scale] : mantissa;
        if (negative)
            value = -value;
        return true;
    }

    private static bool TrySymbol(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        value = text switch
        {
            "∞" or "Infinity" => double.PositiveInfinity,
            "-∞" or "-Infinity" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(value);
    }

    private static bool TryInvariant(ReadOnlySpan<char> text, char decimalMarker, Span<char> buffer, out ReadOnlySpan<char> invariant)
    {
        invariant = text;
        ReadOnlySpan<char> digits = text.TrimStart();
        if (digits.Length > 0 && digits[0] is '-' or '+')
            digits = digits[1..];
        // Words that the run time would take for infinity are no numbers here.
        if (digits.IsEmpty || !(char.IsAsciiDigit(digits[0]) || digits[0] == decimalMarker))
            return false;
        if (decimalMarker == '.')
            return true;
        if (text.Contains('.') || text.Length > buffer.Length)
            return false;
        text.Replace(buffer, decimalMarker, '.');
        invariant = buffer[..text.Length];
        return true;
    }
}
