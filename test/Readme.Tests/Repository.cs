namespace Readme.Tests;

/// <summary>The repository's files.</summary>
internal static class Repository
{
    /// <summary>Where the solution stands; the build's output may lie elsewhere.</summary>
    public static string Root { get; } = BuildFacts.Get("Root");

    /// <summary>The page that the packages carry.</summary>
    public const string PackagePage = "eng/package/README.md";

    /// <summary>The pages whose snippets and links are tested, relative to the root.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md", PackagePage, "CONTRIBUTING.md", "CHANGELOG.md", "docs/cli.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "src", "Adversarial.Detectors", "Methods"), "README.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static string PathOf(string relative) => Path.Combine(Root, relative);
}
