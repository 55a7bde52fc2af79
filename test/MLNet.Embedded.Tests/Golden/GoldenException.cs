using System.Text.Json;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The stage of a run, for telling an exception before reading from one while reading.</summary>
internal sealed class GoldenStage
{
    internal string Name { get; set; } = "create";
}

/// <summary>Exceptions compared by the rules of the golden files.</summary>
internal static class GoldenException
{
    private const string ParallelReading = "Splitter/consolidator worker encountered exception";

    // Their messages are made by the run time, not by ML.NET.
    private static readonly HashSet<string> _byTypeOnly =
    [
        "System.NullReferenceException", "System.IO.FileNotFoundException", "System.IO.DirectoryNotFoundException",
        "System.IO.InvalidDataException", "System.OverflowException", "System.IndexOutOfRangeException", "System.Text.Json.JsonException",
    ];

    internal static void AssertThrows(JsonElement expected, Action<GoldenStage> run, string folder = null)
    {
        var stage = new GoldenStage();
        Exception actual = Record.Exception(() => run(stage));
        string wantedStage = expected.GetProperty("stage").GetString();
        Assert.True(actual != null, $"expected at {wantedStage}: {expected.GetRawText()}, got no exception");

        JsonElement wanted = expected;
        bool parallel = Message(expected).StartsWith(ParallelReading);
        if (parallel && !actual.Message.StartsWith(ParallelReading))
            wanted = expected.GetProperty("inner");
        string type = wanted.GetProperty("type").GetString();
        string message = folder == null ? actual.Message : actual.Message.Replace(folder, "<dir>");
        bool sameMessage = _byTypeOnly.Contains(type) || Message(wanted) == message;
        Assert.True(actual.GetType().FullName == type && sameMessage,
            $"expected {wanted.GetRawText()}\ngot {actual.GetType().FullName}: {message}\n{actual.StackTrace}");
        Assert.True((wantedStage == "read") == (stage.Name == "read"), $"expected at stage {wantedStage}, thrown at {stage.Name}");
    }

    private static string Message(JsonElement exception) => exception.GetProperty("message").GetString();
}
