using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>An option of a method, by its name, with values as text.</summary>
internal sealed class OptionProperty
{
    private readonly PropertyInfo _property;
    private readonly Type _type;
    private readonly bool _isNullable;

    private OptionProperty(PropertyInfo property)
    {
        _property = property;
        _isNullable = !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    public string Name => _property.Name;

    /// <summary>What it takes, in words.</summary>
    public string Description => (_type.IsEnum ? string.Join(", ", Enum.GetNames(_type))
        : _type == typeof(bool) ? "true or false"
        : _type == typeof(int) ? "a whole number"
        : _type == typeof(int[]) ? "whole numbers with commas between them"
        : _type == typeof(CommitteeMember[]) ? "names of methods with commas between them"
        : _type == typeof(ImageShape) ? "height x width x channels, such as 28x28x1"
        : "a number") + (_isNullable ? "; null leaves it to the method" : "");

    /// <summary>The options of a class that a text can set.</summary>
    public static IReadOnlyList<OptionProperty> Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type) =>
    [
        .. type.GetProperties().Where(property => property is { CanRead: true, CanWrite: true }
            && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always }).Select(property => new OptionProperty(property))
            .Where(option => option._type.IsEnum || option._type == typeof(bool) || option._type == typeof(int) || option._type == typeof(float)
                || option._type == typeof(double) || option._type == typeof(int[]) || option._type == typeof(CommitteeMember[]) || option._type == typeof(ImageShape)),
    ];

    /// <summary>How a sweep searches it; null where it does not.</summary>
    public SearchDimension? Dimension(DetectorOptions defaults)
    {
        string? value = Read(defaults);
        if (_property.GetCustomAttribute<SearchRangeAttribute>() is { } range)
            return SearchDimension.Range(Name, range.Minimum, range.Maximum, range.IsLogarithmic, _type == typeof(int)) with { Default = value };
        if (_property.GetCustomAttribute<SearchChoicesAttribute>() is not { } choices)
            return null;
        IReadOnlyList<string> values = choices.Values.Count > 0 ? choices.Values : _type == typeof(bool) ? ["false", "true"] : Enum.GetNames(_type);
        return SearchDimension.Choice(Name, values) with { Default = value };
    }

    /// <summary>The value as text; null where it is null.</summary>
    public string? Read(DetectorOptions options) => _property.GetValue(options) switch
    {
        null => null,
        bool value => value ? "true" : "false",
        int[] values => string.Join(',', values),
        CommitteeMember[] members => string.Join(',', members.Select(member => member.Method)),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString(),
    };

    /// <summary>Sets the value.</summary>
    /// <exception cref="ArgumentException">The text is no value of it.</exception>
    public void Write(DetectorOptions options, string text)
    {
        object? value = _isNullable && string.Equals(text, "null", StringComparison.OrdinalIgnoreCase) ? null
            : Parse(text) ?? throw new ArgumentException($"Option {Name} takes {Description}; '{text}' is not that.");
        _property.SetValue(options, value);
    }

    private object? Parse(string text)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (_type.IsEnum)
            return Enum.GetNames(_type).FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse(_type, found) : null;
        if (_type == typeof(bool))
            return bool.TryParse(text, out bool flag) ? flag : null;
        if (_type == typeof(int))
            return int.TryParse(text, NumberStyles.Integer, culture, out int whole) ? whole : null;
        if (_type == typeof(float))
            return float.TryParse(text, NumberStyles.Float, culture, out float single) ? single : null;
        if (_type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, culture, out double number) ? number : null;
        if (_type == typeof(ImageShape))
        {
            return ParseWholes(text, 'x') switch
            {
                [int height, int width] => new ImageShape(height, width),
                [int height, int width, int channels] => new ImageShape(height, width, channels),
                _ => null,
            };
        }

        return _type == typeof(CommitteeMember[])
            ? Array.ConvertAll(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), name => new CommitteeMember(DetectorRegistry.Get(name).Name))
            : ParseWholes(text, ',');
    }

    private static int[]? ParseWholes(string text, char separator)
    {
        string[] parts = text.Split(separator, StringSplitOptions.TrimEntries);
        var wholes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.Integer, CultureInfo.InvariantCulture, out wholes[i]))
                return null;
        }

        return wholes;
    }
}
