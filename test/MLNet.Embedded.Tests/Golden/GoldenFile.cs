using System.Text.Json;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The golden cases of one file: what ML.NET 5.0.0 itself returned.</summary>
internal static class GoldenFile
{
    private static readonly Dictionary<string, JsonDocument> _files = [];

    internal static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "golden");

    /// <summary>The names of the cases as theory data; those out of the host's scope stay in and are skipped with their reason.</summary>
    internal static TheoryData<string> Names(string file)
    {
        var names = new TheoryData<string>();
        foreach (JsonElement element in Cases(file))
            names.Add(element.GetProperty("name").GetString());
        return names;
    }

    internal static GoldenCase Get(string file, string name)
    {
        if (OutOfScope.Reason(file, name) is { } reason)
            Assert.Skip(reason);
        return new GoldenCase(Cases(file).Single(element => element.GetProperty("name").GetString() == name));
    }

    internal static IEnumerable<JsonElement> Cases(string file)
    {
        lock (_files)
        {
            if (!_files.TryGetValue(file, out JsonDocument document))
                _files[file] = document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
            return document.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        }
    }
}

internal sealed class GoldenCase(JsonElement element)
{
    internal string Name => element.GetProperty("name").GetString();

    internal JsonElement Input => Property("input");

    internal JsonElement Settings => Property("settings");

    internal JsonElement Expected => Property("expected");

    /// <summary>The expected exception, null where none is.</summary>
    internal JsonElement? Exception => element.TryGetProperty("exception", out JsonElement exception) ? exception : null;

    internal bool ExpectsNoException => Expected.ValueKind == JsonValueKind.Object && Expected.TryGetProperty("noException", out _);

    private JsonElement Property(string name) => element.TryGetProperty(name, out JsonElement value) ? value : default;
}

internal static class JsonElementExtensions
{
    /// <summary>The property where it is there and not null.</summary>
    internal static JsonElement? Optional(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    internal static string[] Strings(this JsonElement element) => element.EnumerateArray().Select(item => item.GetString()).ToArray();
}
