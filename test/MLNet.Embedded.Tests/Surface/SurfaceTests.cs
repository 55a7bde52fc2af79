using System.Text.RegularExpressions;
using Microsoft.ML;

namespace MLNet.Embedded.Tests.Surface;

/// <summary>What compiles against the host compiles against ML.NET: nothing is reachable here that is not in ML.NET's lists.</summary>
public sealed partial class SurfaceTests
{
    [Fact]
    public void EverythingReachableIsInTheListsOfMLNet()
    {
        HashSet<string> listed = ListFiles()
            .SelectMany(File.ReadLines)
            .Where(line => !line.StartsWith('#'))
            .Select(WithoutInternalInterfaces)
            .ToHashSet();
        string[] missing = typeof(MLContext).Assembly.GetTypes()
            .Where(SurfaceFormatter.IsReachable)
            .SelectMany(SurfaceFormatter.Lines)
            .Where(line => !listed.Contains(line))
            .Order(StringComparer.Ordinal)
            .ToArray();
        Assert.True(missing.Length == 0, $"{missing.Length} lines are not in ML.NET's lists:\n{string.Join("\n", missing)}");
    }

    internal static string[] ListFiles() => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", "api"), "*.txt");

    // The outside cannot name them, so whether the host has them makes no difference.
    private static string WithoutInternalInterfaces(string line)
    {
        line = line.Replace(" [Obsolete]", "");
        if (!line.Contains("[internal]"))
            return line;
        return InternalInterface().Replace(line, "");
    }

    [GeneratedRegex(@"(?:(?<=class |class|struct) :|,) [\w.]+(?:<[^>]*>)? \[internal\]")]
    private static partial Regex InternalInterface();
}
