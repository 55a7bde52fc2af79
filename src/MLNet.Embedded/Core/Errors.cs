using Microsoft.ML.Data;

namespace Microsoft.ML.Runtime;

/// <summary>The exceptions of ML.NET with its wording, which callers match on.</summary>
internal static class Errors
{
    internal static ArgumentOutOfRangeException Param(string paramName, string message) => new(paramName, message);

    internal static InvalidOperationException Operation(string message) => new(message);

    internal static InvalidOperationException Operation(string message, Exception inner) => new(message, inner);

    internal static FormatException Decode(string message) => new(message);

    internal static FormatException Decode(string message, Exception inner) => new(message, inner);

    internal static ArgumentOutOfRangeException ColumnNotFound(string paramName, string columnRole, string columnName) =>
        new(paramName, $"Could not find {columnRole} column '{columnName}'");

    internal static ArgumentOutOfRangeException SchemaMismatch(string paramName, string columnRole, string columnName, string expected,
        string actual) =>
        new(paramName, $"Schema mismatch for {columnRole} column '{columnName}': expected {expected}, got {actual}");

    internal static ArgumentOutOfRangeException ColumnNotActive(string paramName) => new(paramName, "requested column is not active");

    internal static void CheckValue(object value, string paramName) => ArgumentNullException.ThrowIfNull(value, paramName);

    internal static void CheckParam(bool condition, string paramName, string message)
    {
        if (!condition)
            throw Param(paramName, message);
    }

    internal static void CheckNonEmpty(string value, string paramName)
    {
        if (string.IsNullOrEmpty(value))
            throw Param(paramName, $"{paramName} cannot be null or empty");
    }

    internal static void CheckNonWhiteSpace(string value, string paramName)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw Param(paramName, $"{paramName} cannot be null or white space");
    }

    internal static void CheckDecode(bool condition, string message = "Corrupt model file")
    {
        if (!condition)
            throw Decode(message);
    }

    /// <summary>The getter as the type that the caller asks for.</summary>
    internal static ValueGetter<TValue> CheckGetter<TValue>(Delegate getter) =>
        getter as ValueGetter<TValue> ?? throw Operation(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter?.GetType().GetGenericArguments()[0]}'.");
}
