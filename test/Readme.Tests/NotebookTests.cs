namespace Readme.Tests;

/// <summary>The programs of samples/Notebooks run, and the notebooks are those of the programs.</summary>
public class NotebookTests
{
    public static TheoryData<string> Programs => [.. Notebook.All.Select(notebook => notebook.Page)];

    private static Notebook Of(string page) => Notebook.All.Single(notebook => notebook.Page == page);

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_runs(string page)
    {
        using var runner = new SnippetRunner();
        runner.Run(Of(page).Program);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_notebook_is_that_of_its_program(string page)
    {
        Notebook notebook = Of(page);
        if (Environment.GetEnvironmentVariable("ADVERSARIAL_WRITE_NOTEBOOKS") == "1")
            File.WriteAllText(notebook.Target, notebook.ToJson());
        Assert.True(File.Exists(notebook.Target), $"There is no notebook of {page}: run eng/notebooks.sh.");
        Assert.True(File.ReadAllText(notebook.Target).ReplaceLineEndings("\n") == notebook.ToJson(), $"The notebook of {page} is of an earlier program: run eng/notebooks.sh.");
    }
}
