using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A method's options by name: --option Name=Value.</summary>
internal static class MethodOptions
{
    /// <summary>A method by its name; spaces, hyphens and case do not matter.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static DetectorDescriptor Method(string name)
    {
        static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return DetectorRegistry.All.FirstOrDefault(method => Fold(method.Name) == Fold(name))
            ?? throw new UserError($"There is no method '{name}'. {Suggestion.For(name, [.. DetectorRegistry.All.Select(method => method.Name)])} 'adversarial inspect --methods' tells of all.");
    }

    /// <summary>What can be set.</summary>
    public static IReadOnlyList<PropertyInfo> Of(DetectorDescriptor method) =>
    [
        .. method.OptionsType.GetProperties().Where(property => property.CanWrite
            && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always }),
    ];

    /// <summary>Default options with those that are given.</summary>
    /// <param name="method">The method.</param>
    /// <param name="settings">"Name=Value", each.</param>
    /// <exception cref="UserError">There is no such option, or the value is none; the message names the option and what it takes.</exception>
    public static DetectorOptions Create(DetectorDescriptor method, IEnumerable<string> settings)
    {
        DetectorOptions options = method.CreateOptions();
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UserError($"--option takes Name=Value, such as --option Contamination=0.01; '{setting}' is not that.");
            string name = setting[..equals].Trim();
            IReadOnlyList<PropertyInfo> known = Of(method);
            PropertyInfo property = known.FirstOrDefault(there => string.Equals(there.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserError($"{method.Name} has no option '{name}'. {Suggestion.For(name, [.. known.Select(there => there.Name)])}");
            property.SetValue(options, Parse(property, setting[(equals + 1)..].Trim()));
        }

        UserError.Of(options.Validate);
        return options;
    }

    /// <summary>What an option takes, in words.</summary>
    public static string Describe(Type type, bool withNull = true)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        string text = plain.IsEnum ? string.Join(", ", Enum.GetNames(plain).Select(name => withNull ? name : name.ToLowerInvariant()))
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(int) || plain == typeof(long) ? "a whole number"
            : plain == typeof(float) || plain == typeof(double) ? "a number"
            : plain == typeof(string) ? "text"
            : plain == typeof(int[]) ? "whole numbers with commas between them"
            : plain == typeof(CommitteeMember[]) ? "names of methods with commas between them"
            : plain == typeof(ImageShape) ? "height x width x channels, such as 28x28x1"
            : "a value";
        return !withNull || Nullable.GetUnderlyingType(type) is null && !plain.IsArray ? text : $"{text}; null leaves it to the method";
    }

    /// <summary>A value as it is written on the command line.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => text,
        CommitteeMember[] members => string.Join(",", members.Select(member => member.Method)),
        IEnumerable items => string.Join(",", items.Cast<object?>().Select(Show)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static object? Parse(PropertyInfo property, string text)
    {
        Type plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        bool canBeNull = !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;
        if (canBeNull && text.Equals("null", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            if (plain.IsEnum)
                return char.IsLetter(text, 0) ? Enum.Parse(plain, text, ignoreCase: true) : throw new FormatException();
            if (plain == typeof(int[]))
                return Array.ConvertAll(Parts(text), part => int.Parse(part, CultureInfo.InvariantCulture));
            if (plain == typeof(CommitteeMember[]))
                return Array.ConvertAll(Parts(text), part => new CommitteeMember(Method(part).Name));
            if (plain == typeof(ImageShape))
                return Shape(text);
            return TypeDescriptor.GetConverter(plain).ConvertFromInvariantString(text);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException or NotSupportedException)
        {
            throw new UserError($"Option {property.Name} takes {Describe(property.PropertyType)}; '{text}' is not that.", failure);
        }
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static ImageShape Shape(string text)
    {
        int[] sizes = Array.ConvertAll(text.Split('x'), part => int.Parse(part, CultureInfo.InvariantCulture));
        return sizes.Length is 2 or 3 ? new ImageShape(sizes[0], sizes[1], sizes.Length == 3 ? sizes[2] : 1) : throw new FormatException();
    }
}
