namespace Conformance.Tests;

/// <summary>Finds the repository and real data sets from where the tests run.</summary>
public static class RepositoryFiles
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path of a real data set, or null where it is absent: in ADVERSARIAL_DATA, then in ../shared/data.</summary>
    public static string? Data(string file)
    {
        string?[] folders = [Environment.GetEnvironmentVariable("ADVERSARIAL_DATA"), Path.Combine(Root, "..", "shared", "data")];
        return folders.Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => Path.Combine(folder!, file)).FirstOrDefault(File.Exists);
    }

    private static string FindRoot()
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
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
