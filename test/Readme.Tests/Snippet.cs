namespace Readme.Tests;

/// <summary>A fenced block of C# in a page: a whole program.</summary>
/// <param name="Page">The page, relative to the repository's root.</param>
/// <param name="Line">Number of the code's first line in the page, from 1.</param>
/// <param name="Code">The code.</param>
internal sealed record Snippet(string Page, int Line, string Code)
{
    private const string Expectation = "// prints ";

    /// <summary>What comments behind a line say that it prints.</summary>
    public IReadOnlyList<string> ExpectedLines { get; } =
    [
        .. Code.Split('\n').Where(line => line.Contains(Expectation, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(Expectation, StringComparison.Ordinal) + Expectation.Length)..].Trim()),
    ];

    /// <summary>All blocks of a page that are marked as csharp.</summary>
    public static IReadOnlyList<Snippet> Of(string page, string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        var snippets = new List<Snippet>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "```csharp")
                continue;
            int start = i + 1;
            for (i = start; i < lines.Length && lines[i].Trim() != "```";)
                i++;
            snippets.Add(new Snippet(page, start + 1, string.Join('\n', lines[start..i])));
        }

        return snippets;
    }
}
