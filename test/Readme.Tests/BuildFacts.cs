using System.Reflection;

namespace Readme.Tests;

/// <summary>Paths that the build wrote into this assembly.</summary>
internal static class BuildFacts
{
    public static string Get(string key) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
