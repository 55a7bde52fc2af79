using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Options that are numbers. By itself the parser takes commas for those between thousands, so that 0,5 would be 5.</summary>
internal static class NumberOption
{
    /// <summary>A number that may be missing.</summary>
    public static T? Optional<T>(ArgumentResult result)
        where T : struct, IFloatingPoint<T> => result.Tokens.Count == 0 ? null : Parse<T>(result, result.Tokens[^1].Value);

    /// <summary>A number.</summary>
    public static T Single<T>(ArgumentResult result)
        where T : struct, IFloatingPoint<T> => Optional<T>(result) ?? default;

    /// <summary>Several numbers, one by one.</summary>
    public static T[] Many<T>(ArgumentResult result)
        where T : struct, IFloatingPoint<T> => [.. result.Tokens.Select(token => Parse<T>(result, token.Value))];

    private static T Parse<T>(ArgumentResult result, string text)
        where T : struct, IFloatingPoint<T>
    {
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value))
            return value;
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} takes a number, with a decimal point where it has decimals; '{text}' is none.");
        return default;
    }
}
