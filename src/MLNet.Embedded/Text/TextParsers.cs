using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Parses one field; false where the text is no value of the type.</summary>
internal delegate bool TextParser<T>(ReadOnlySpan<char> text, out T value);

/// <summary>The parsers of the column types.</summary>
internal static class TextParsers
{
    private static readonly string[] _true = ["t", "y", "1", "+", "true", "yes", "+1"];
    private static readonly string[] _false = ["f", "n", "0", "-", "false", "no", "-1"];

    internal static Delegate Create(PrimitiveDataViewType type, TextFormat format)
    {
        if (type is KeyDataViewType key)
            return CreateKey(key);
        return type.RawType switch
        {
            Type t when t == typeof(float) => Single(format),
            Type t when t == typeof(double) => Double(format),
            Type t when t == typeof(ReadOnlyMemory<char>) => Text(),
            Type t when t == typeof(bool) => (TextParser<bool>)TryBoolean,
            Type t when t == typeof(DateTime) => (TextParser<DateTime>)TryDateTime,
            Type t when t == typeof(DateTimeOffset) => (TextParser<DateTimeOffset>)TryDateTimeOffset,
            Type t when t == typeof(TimeSpan) => (TextParser<TimeSpan>)TryTimeSpan,
            Type t when t == typeof(sbyte) => (TextParser<sbyte>)TryInteger,
            Type t when t == typeof(byte) => (TextParser<byte>)TryInteger,
            Type t when t == typeof(short) => (TextParser<short>)TryInteger,
            Type t when t == typeof(ushort) => (TextParser<ushort>)TryInteger,
            Type t when t == typeof(int) => (TextParser<int>)TryInteger,
            Type t when t == typeof(uint) => (TextParser<uint>)TryInteger,
            Type t when t == typeof(long) => (TextParser<long>)TryInteger,
            _ => (TextParser<ulong>)TryInteger,
        };
    }

    private static TextParser<float> Single(TextFormat format)
    {
        float missing = format.MissingRealsAsNaNs ? float.NaN : 0;
        char marker = format.DecimalMarker;
        return (ReadOnlySpan<char> text, out float value) =>
        {
            value = text.IsEmpty ? missing : TextNumbers.ParseSingle(text, marker);
            return true;
        };
    }

    private static TextParser<double> Double(TextFormat format)
    {
        double missing = format.MissingRealsAsNaNs ? double.NaN : 0;
        char marker = format.DecimalMarker;
        return (ReadOnlySpan<char> text, out double value) =>
        {
            value = text.IsEmpty ? missing : TextNumbers.ParseDouble(text, marker);
            return true;
        };
    }

    private static TextParser<ReadOnlyMemory<char>> Text()
    {
        var cache = new StringCache();
        return (ReadOnlySpan<char> text, out ReadOnlyMemory<char> value) =>
        {
            value = cache.Get(text).AsMemory();
            return true;
        };
    }

    private static Delegate CreateKey(KeyDataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.Byte => Key<byte>(type.Count),
        TypeCode.UInt16 => Key<ushort>(type.Count),
        TypeCode.UInt32 => Key<uint>(type.Count),
        _ => Key<ulong>(type.Count),
    };

    /// <summary>The text counts from 0, the column from 1; what is no number in range is missing.</summary>
    private static TextParser<T> Key<T>(ulong count)
        where T : INumber<T> =>
        (ReadOnlySpan<char> text, out T value) =>
        {
            bool known = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number < count;
            value = known ? T.CreateTruncating(number + 1) : T.Zero;
            return true;
        };

    private static bool TryInteger<T>(ReadOnlySpan<char> text, out T value)
        where T : INumber<T>
    {
        value = T.Zero;
        return text.IsEmpty || T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryBoolean(ReadOnlySpan<char> text, out bool value)
    {
        value = Contains(_true, text);
        return value || text.IsEmpty || Contains(_false, text);
    }

    private static bool Contains(string[] words, ReadOnlySpan<char> text)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool TryDateTime(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        return text.IsEmpty || DateTime.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    private static bool TryDateTimeOffset(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        return text.IsEmpty || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    private static bool TryTimeSpan(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        return text.IsEmpty || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Columns of categories repeat few short texts: those are not made anew for each row.</summary>
    private sealed class StringCache
    {
        private const int MaxLength = 32;

        private readonly string[] _recent = new string[256];

        internal string Get(ReadOnlySpan<char> text)
        {
            if (text.IsEmpty)
                return "";
            if (text.Length > MaxLength)
                return text.ToString();
            ref string slot = ref _recent[string.GetHashCode(text) & (_recent.Length - 1)];
            if (slot == null || !text.SequenceEqual(slot))
                slot = text.ToString();
            return slot;
        }
    }
}
