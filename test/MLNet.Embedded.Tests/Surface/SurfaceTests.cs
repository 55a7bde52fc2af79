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
        Assert.True(missing.Length == 0, $"{missing.Length} lines are not in ML.NET's lists:\n{string.Join("\n", missing.Select(line => WithListed(line, listed)))}");
    }

    // The lines in the lists that were probably meant: of the same type, with the same name.
    private static string WithListed(string line, IEnumerable<string> listed)
    {
        string name = MemberName().Match(line).Value;
        string[] meant = [.. listed.Where(other => other.Split(" :: ")[0] == line.Split(" :: ")[0] && MemberName().Match(other).Value == name)];
        return $"  {line}\n{(meant.Length == 0 ? "    which they lack" : string.Join("\n", meant.Select(other => $"    where they have {other}")))}";
    }

    // A method's or constructor's name stands before the bracket, a property's before the brace, others' at the end.
    [GeneratedRegex(@"(?<= :: )!type|\w+(?=(?:<[^(]*>)?\()|\w+(?= \{)|\w+$")]
    private static partial Regex MemberName();

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
