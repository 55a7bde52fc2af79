using System.Reflection;

namespace Adversarial.Detectors;

/// <content>Options by name, for tools that know a method when they run only.</content>
public sealed partial class DetectorDescriptor
{
    private IReadOnlyList<OptionProperty> _properties = [];

    /// <summary>Names of the options that <see cref="SetOption"/> sets.</summary>
    public IEnumerable<string> OptionNames => _properties.Select(property => property.Name);

    /// <summary>The options that are worth a search, and the values to try: what a sweep draws from where it is told nothing else.</summary>
    public IReadOnlyList<SearchDimension> SearchSpace
    {
        get
        {
            DetectorOptions defaults = CreateOptions();
            HashSet<string> left = [.. OptionsType.GetCustomAttributes<NotSearchedAttribute>().Select(attribute => attribute.Option)];
            return [.. _properties.Where(property => !left.Contains(property.Name)).Select(property => property.Dimension(defaults)).OfType<SearchDimension>()];
        }
    }

    /// <summary>Sets an option by its name. Whether its value suits the others, <see cref="DetectorOptions.Validate"/> tells.</summary>
    /// <param name="options">Of <see cref="OptionsType"/> or a class derived from it.</param>
    /// <param name="name">One of <see cref="OptionNames"/>, in upper or lower case.</param>
    /// <param name="value">A number as in C#, true or false, the name of a value, sizes or names of methods with commas between them; null where nothing is a value: <see cref="DescribeOption"/> tells.</param>
    /// <exception cref="ArgumentException">There is no such option, or the text is no value of it.</exception>
    public void SetOption(DetectorOptions options, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(value);
        Property(name).Write(options, value);
    }

    /// <summary>The value of an option as <see cref="SetOption"/> takes it; null where it is null.</summary>
    /// <exception cref="ArgumentException">There is no such option.</exception>
    public string? GetOption(DetectorOptions options, string name)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Property(name).Read(options);
    }

    /// <summary>What an option takes, in words.</summary>
    /// <exception cref="ArgumentException">There is no such option.</exception>
    public string DescribeOption(string name) => Property(name).Description;

    private OptionProperty Property(string name) =>
        _properties.FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"{Name} has no option '{name}'; it has {string.Join(", ", OptionNames.Order())}.", nameof(name));
}
