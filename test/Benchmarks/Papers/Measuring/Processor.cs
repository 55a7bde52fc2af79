using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Benchmarks;

/// <summary>What the results name as their processor.</summary>
internal static class Processor
{
    private const string LinuxFile = "/proc/cpuinfo";

    public static string Name { get; } = Find();

    /// <summary>The name as a file is called by it. Machines whose name tells no more than the maker differ by their vectors, and by a factor of two.</summary>
    public static string FileName { get; } = string.Join('-',
        string.Concat(Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries))
        + (Vector512.IsHardwareAccelerated ? "-vector512" : "");

    private static string Find()
    {
        string? name = File.Exists(LinuxFile)
            ? File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1]
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{name?.Trim() ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores";
    }
}
