namespace Cli.Tests;

/// <summary>The commands of the README run as they stand there.</summary>
public class ReadmeTests
{
    [Fact]
    public void ItsCommandsRun()
    {
        string section = File.ReadAllText(Path.Combine(BuildFacts.Get("Root"), "README.md")).ReplaceLineEndings("\n").Split("\n## Command line\n")[1].Split("\n## ")[0];
        string[] commands = [.. section.Split("```bash\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.True(commands.Length >= 6, "The README shows no commands.");
        string folder = Directory.CreateTempSubdirectory("cli-readme-").FullName;
        try
        {
            SampleData.Write(Path.Combine(folder, SampleData.FileName));
            foreach (string command in commands)
            {
                string[] words = command.Split(' ');
                Assert.Equal("adversarial", words[0]);
                Tool.Run(folder, words[1..]).Succeeded();
            }

            Assert.All((string[])["model.zip", "scored.csv", "evaluation.html", "comparison.html"], file => Assert.True(File.Exists(Path.Combine(folder, file)), file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
