[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Readme.Tests;

/// <summary>Every snippet of the pages compiles and runs; a wrong one would be found.</summary>
public class SnippetTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Snippets_run_in_their_order(string page)
    {
        IReadOnlyList<Snippet> snippets = Snippet.Of(page, File.ReadAllText(Repository.PathOf(page)));
        using var runner = new SnippetRunner();
        foreach (Snippet snippet in snippets)
            runner.Run(snippet);
        if (page == "README.md")
            Assert.True(snippets.Count >= 2 && snippets.Any(snippet => snippet.ExpectedLines.Count > 0), "The README shows no snippet.");
    }

    [Theory]
    [InlineData("Console.WriteLine(new Microsoft.ML.MLContext().NoSuchCatalog);", "NoSuchCatalog")]
    [InlineData("string? text = null;\nConsole.WriteLine(text.Length);", "CS8602")]
    [InlineData("throw new InvalidOperationException(\"It went wrong.\");", "It went wrong.")]
    [InlineData("Console.WriteLine(1 + 1); // prints 3", "'3' is not printed")]
    public void A_wrong_snippet_fails_with_its_place(string code, string message)
    {
        Snippet snippet = Assert.Single(Snippet.Of("page.md", $"Text.\n\n```csharp\n{code}\n```\n"));
        using var runner = new SnippetRunner();
        string failure = Assert.Throws<SnippetException>(() => runner.Run(snippet)).Message;
        Assert.Contains("page.md, line 4", failure);
        Assert.Contains(message, failure);
    }

    [Fact]
    public void Snippets_share_the_folder_of_their_page()
    {
        const string Text = """
            ```csharp
            File.WriteAllText("note.txt", "left behind");
            ```
            ```text
            not code
            ```
            ```csharp
            Console.WriteLine(File.ReadAllText("note.txt")); // prints left behind
            ```
            """;
        IReadOnlyList<Snippet> snippets = Snippet.Of("page.md", Text);
        Assert.Equal([2, 8], snippets.Select(snippet => snippet.Line));
        using var runner = new SnippetRunner();
        foreach (Snippet snippet in snippets)
            runner.Run(snippet);
    }
}
