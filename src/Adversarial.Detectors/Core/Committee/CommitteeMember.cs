using System.Text.Json;
using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>One detector of a committee: a method and its options.</summary>
[JsonConverter(typeof(CommitteeMemberConverter))]
public sealed class CommitteeMember
{
    /// <summary>A method with its default options.</summary>
    /// <param name="method">The method's name, as <see cref="DetectorRegistry"/> knows it.</param>
    public CommitteeMember(string method)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        Method = method;
    }

    /// <summary>A method with options.</summary>
    /// <param name="options">Options of a registered method.</param>
    /// <exception cref="ArgumentException">No method is registered for such options.</exception>
    public CommitteeMember(DetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Method = DetectorRegistry.For(options).Name;
        Options = options;
    }

    /// <summary>The method's name.</summary>
    public string Method { get; }

    /// <summary>Its options; null takes the default ones.</summary>
    public DetectorOptions? Options { get; }

    internal DetectorDescriptor Descriptor => DetectorRegistry.Get(Method);

    /// <summary>A copy of its options, or of the default ones.</summary>
    internal DetectorOptions CopyOptions() => Options?.Clone() ?? Descriptor.CreateOptions();

    internal CommitteeMember Clone() => Options is null ? this : new CommitteeMember(Options.Clone());
}

/// <summary>Writes a member as its method and that method's own form of options.</summary>
internal sealed class CommitteeMemberConverter : JsonConverter<CommitteeMember>
{
    public override CommitteeMember Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty(nameof(CommitteeMember.Method), out JsonElement name) || name.GetString() is not { Length: > 0 } method)
        {
            throw new JsonException("A member of a committee has no method.");
        }

        if (!document.RootElement.TryGetProperty(nameof(CommitteeMember.Options), out JsonElement own))
            return new CommitteeMember(method);
        // A committee in a committee would read itself, however deep the file is nested.
        DetectorDescriptor descriptor = DetectorRegistry.Get(method);
        return descriptor.OptionsType == typeof(CommitteeOptions)
            ? throw new JsonException("A committee is a member of a committee.")
            : new CommitteeMember(descriptor.FromJson(own.GetRawText()));
    }

    public override void Write(Utf8JsonWriter writer, CommitteeMember value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(CommitteeMember.Method), value.Method);
        if (value.Options is { } own)
        {
            writer.WritePropertyName(nameof(CommitteeMember.Options));
            writer.WriteRawValue(value.Descriptor.ToJson(own));
        }

        writer.WriteEndObject();
    }
}
