using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>Values of the golden files: made into column values, and compared with them.</summary>
internal static class GoldenValue
{
    /// <summary>The JSON value as a value of the type.</summary>
    internal static object Parse(JsonElement value, Type type)
    {
        if (type == typeof(ReadOnlyMemory<char>))
            return value.GetString().AsMemory();
        if (type == typeof(bool))
            return value.GetBoolean();
        // Straight from the digits: a float made of a rounded double could be rounded twice.
        if (type == typeof(float))
        {
            return value.ValueKind == JsonValueKind.String
                ? (float)Number(value)
                : float.Parse(value.GetRawText(), CultureInfo.InvariantCulture);
        }

        if (type == typeof(double))
            return Number(value);
        return Convert.ChangeType(value.GetRawText(), type, CultureInfo.InvariantCulture);
    }

    internal static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            string other => throw new FormatException(other),
        }
        : value.GetDouble();

    /// <summary>What differs, or null; the tolerance is relative, with an absolute floor for denormals.</summary>
    internal static string Difference(JsonElement expected, object actual, double tolerance)
    {
        bool equal = actual switch
        {
            null => expected.ValueKind == JsonValueKind.Null,
            string or ReadOnlyMemory<char> => expected.ValueKind == JsonValueKind.String && expected.GetString() == actual.ToString(),
            bool value => expected.ValueKind is JsonValueKind.True or JsonValueKind.False && expected.GetBoolean() == value,
            float value => Close((float)Parse(expected, typeof(float)), value, tolerance),
            double value => Close(Number(expected), value, tolerance),
            DateTime value => expected.GetString() == value.ToString("o", CultureInfo.InvariantCulture),
            TimeSpan value => expected.GetString() == value.ToString("c", CultureInfo.InvariantCulture),
            IEnumerable items => SameItems(expected, items, tolerance),
            _ => expected.GetRawText() == Convert.ToString(actual, CultureInfo.InvariantCulture),
        };
        return equal ? null : $"expected {expected.GetRawText()}, got {Show(actual)}";
    }

    internal static bool Close(double expected, double actual, double tolerance)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
            return double.IsNaN(expected) && double.IsNaN(actual);
        if (expected == actual)
            return true;
        return Math.Abs(expected - actual) <= tolerance * Math.Abs(expected) || (tolerance > 0 && Math.Abs(expected - actual) <= 1e-44);
    }

    internal static string Show(object value) => value switch
    {
        null => "null",
        string or ReadOnlyMemory<char> => $"\"{value}\"",
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable items => "[" + string.Join(",", items.Cast<object>().Select(Show)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static bool SameItems(JsonElement expected, IEnumerable actual, double tolerance)
    {
        if (expected.ValueKind != JsonValueKind.Array)
            return false;
        JsonElement[] wanted = expected.EnumerateArray().ToArray();
        object[] items = actual.Cast<object>().ToArray();
        return wanted.Length == items.Length && wanted.Zip(items).All(pair => Difference(pair.First, pair.Second, tolerance) == null);
    }
}
