using System.Runtime.CompilerServices;

namespace Architecture.Tests;

/// <summary>The repository's files.</summary>
internal static class Repository
{
    private static readonly string[] _skippedFolders = ["bin", "obj", "artifacts", ".git"];

    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files under a folder, as paths relative to the root with slashes; built ones are left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Intersect(_skippedFolders).Any())
        .Order(StringComparer.Ordinal);

    /// <summary>C# files of sources, tests and samples.</summary>
    public static IEnumerable<string> Code() => ((string[])["src", "test", "samples"]).SelectMany(folder => Files(folder, "*.cs"));

    /// <summary>Lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Text of a file.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    // Tests that were built to another place find it by this file's path.
    private static string FindRoot([CallerFilePath] string source = "")
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory, source])
        {
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Microsoft.ML.Adversarial.sln")))
                    return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
