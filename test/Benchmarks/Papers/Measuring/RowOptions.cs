using System.Text.Json;
using System.Text.Json.Nodes;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>Options written as "Name=value", so that a page can show what a row sets and a result can be matched with it.</summary>
internal static class RowOptions
{
    /// <summary>A method's options for a row: a named variant or the defaults, then the settings.</summary>
    /// <exception cref="ArgumentException">There is no such variant or option.</exception>
    public static DetectorOptions Create(DetectorDescriptor descriptor, string? preset, IReadOnlyList<string> settings)
    {
        if (preset is not null && !descriptor.Variants.ContainsKey(preset))
            throw new ArgumentException($"{descriptor.Name} has no variant '{preset}'; there are: {string.Join(", ", descriptor.Variants.Keys)}.");
        return Change(descriptor, preset is null ? descriptor.CreateOptions() : descriptor.Variants[preset](), settings);
    }

    /// <summary>A copy with some options changed.</summary>
    /// <exception cref="ArgumentException">There is no such option, or it cannot have that value.</exception>
    public static DetectorOptions Change(DetectorDescriptor descriptor, DetectorOptions options, IReadOnlyList<string> settings)
    {
        JsonObject json = JsonNode.Parse(descriptor.ToJson(options))!.AsObject();
        foreach (string setting in settings)
        {
            (string name, string value) = Split(setting);
            if (descriptor.OptionsType.GetProperty(name) is null)
                throw new ArgumentException($"{descriptor.Name} has no option '{name}'.");
            json[name] = Value(value);
        }

        try
        {
            return descriptor.FromJson(json.ToJsonString());
        }
        catch (JsonException failure)
        {
            throw new ArgumentException($"{descriptor.Name} cannot be given {string.Join(", ", settings)}: {failure.Message}", nameof(settings), failure);
        }
    }

    /// <summary>
    /// The options' text without seed and threads, which a result names or does not depend on, and without what is null, zero or false:
    /// an option that is added later and is off by default does not devalue results.
    /// </summary>
    public static string Text(DetectorDescriptor descriptor, DetectorOptions options)
    {
        JsonObject json = JsonNode.Parse(descriptor.ToJson(options))!.AsObject();
        string[] left = [nameof(DetectorOptions.Seed), nameof(DetectorOptions.NumberOfThreads)];
        return string.Join(';', json.Where(entry => !left.Contains(entry.Key) && !IsEmpty(entry.Value))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value!.ToJsonString()}"));
    }

    private static (string Name, string Value) Split(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (setting[..equals], setting[(equals + 1)..]) : throw new ArgumentException($"'{setting}' is not of the form Name=value.");
    }

    // Numbers, true, false, null and lists are JSON; anything else is the name of an enumeration's value.
    private static JsonNode? Value(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static bool IsEmpty(JsonNode? value) => value is null || value.ToJsonString() is "0" or "false" or "[]" or "\"\"";
}
