using System.Globalization;
using System.Reflection;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Options set by their names and values as text.</summary>
internal static class OptionText
{
    /// <summary>Sets an option; nothing happens where the class has none of that name.</summary>
    public static void Set(DetectorOptions options, string name, string value)
    {
        if (options.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is not { CanWrite: true } property)
            return;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object parsed = type.IsEnum ? Enum.Parse(type, value)
            : type == typeof(int[]) ? value.Split(';').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray()
            : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        property.SetValue(options, parsed);
    }
}
