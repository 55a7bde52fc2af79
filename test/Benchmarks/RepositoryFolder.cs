namespace Adversarial.Benchmarks;

/// <summary>Where pages go unless told otherwise.</summary>
internal static class RepositoryFolder
{
    /// <summary>A folder among the documents of the repository that the program was built in.</summary>
    /// <exception cref="FormatException">The program lies outside the repository.</exception>
    public static string Docs(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Microsoft.ML.Adversarial.sln")))
                return Path.Combine(at.FullName, "docs", name);
        }

        throw new FormatException("The program lies outside the repository: name the folder with --output.");
    }
}
