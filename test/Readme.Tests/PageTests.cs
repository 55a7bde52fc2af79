using System.Text.RegularExpressions;

namespace Readme.Tests;

/// <summary>Links and commands in the pages lead somewhere.</summary>
public partial class PageTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/.-])eng/[\w-]+\.(sh|ps1)\b")]
    private static partial Regex Script();

    private static string Read(string page) => File.ReadAllText(Repository.PathOf(page));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_to_files_resolve(string page)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        Assert.All(Link().Matches(Read(page)).Select(match => match.Groups[1].Value), target =>
            Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}."));
    }

    // A package's page is shown where no other file of the repository is.
    [Fact]
    public void The_package_page_links_to_no_file_and_begins_as_the_readme_does()
    {
        string page = Read(Repository.PackagePage);
        Assert.DoesNotMatch(Link(), page);
        Assert.DoesNotContain("eng/", page);
        Assert.Equal(Snippet.Of("README.md", Read("README.md"))[0].Code, Assert.Single(Snippet.Of(Repository.PackagePage, page)).Code);
    }

    [Fact]
    public void Every_script_has_its_twin()
    {
        string[] Names(string pattern) => [.. Directory.GetFiles(Repository.PathOf("eng"), pattern).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        Assert.NotEmpty(Names("*.sh"));
        Assert.Equal(Names("*.sh"), Names("*.ps1"));
    }

    [Fact]
    public void The_two_commands_stand_in_the_readme_and_can_be_run()
    {
        string[] scripts = [.. Script().Matches(Read("README.md")).Select(match => match.Value).Distinct()];
        Assert.Contains("eng/demo.sh", scripts);
        Assert.Contains("eng/test.sh", scripts);
        foreach (string script in scripts.Where(script => script.EndsWith(".sh", StringComparison.Ordinal)))
        {
            string file = Repository.PathOf(script);
            Assert.True(File.Exists(file), script);
            Assert.True(File.Exists(Path.ChangeExtension(file, ".ps1")), $"{script} has no twin for Windows.");
            Assert.StartsWith("#!/usr/bin/env bash\n", File.ReadAllText(file));
            if (!OperatingSystem.IsWindows())
                Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), $"{script} is not executable.");
        }
    }

    [Fact]
    public void Options_named_in_the_readme_exist()
    {
        string options = Read("README.md").Split("## Options")[1].Split("\n## ")[0];
        string[] named = [.. OptionName().Matches(options).Select(match => match.Groups[1].Value)];
        Assert.True(named.Length >= 8, "The README's table of options is gone.");
        Assert.All(named, name => Assert.NotNull(typeof(Microsoft.ML.Adversarial.Da3dTrainer.Options).GetProperty(name)));
    }

    // The first column of the table: | `Name` or | `Name`, `Name`.
    [GeneratedRegex(@"^\|.*?`([A-Z]\w+)`(?=[^|]*\|)", RegexOptions.Multiline)]
    private static partial Regex OptionName();
}
