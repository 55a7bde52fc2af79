namespace Architecture.Tests;

/// <summary>Rules for every file.</summary>
public class SourceTests
{
    private const int MostLines = 500;

    [Fact]
    public void NoFileIsLong() =>
        Assert.All(Repository.Code(), file => Assert.True(Repository.Lines(file).Length <= MostLines, $"{file} has more than {MostLines} lines."));

    [Theory]
    [InlineData("TODO")]
    [InlineData("FIXME")]
    [InlineData("HACK")]
    [InlineData("NotImplementedException")]
    public void NothingIsLeftToDo(string mark) =>
        Assert.DoesNotContain(Repository.Files("src", "*.cs"), file => Repository.Text(file).Contains(mark, StringComparison.Ordinal));

    [Fact]
    public void MethodsHaveTheirThreeFiles()
    {
        foreach (string method in Directory.GetDirectories(Path.Combine(Repository.Root, "src/Adversarial.Detectors/Methods")).Select(folder => Path.GetFileName(folder)))
        {
            foreach (string file in (string[])[$"{method}Detector.cs", $"{method}Options.cs", "README.md"])
                Assert.True(File.Exists(Path.Combine(Repository.Root, "src/Adversarial.Detectors/Methods", method, file)), $"{method} has no {file}.");
        }
    }

    [Fact]
    public void MethodsTouchNoThreadsFilesOrClocks()
    {
        string[] foreign = ["Thread", "Parallel", "File", "FileStream", "Stopwatch", "DateTime", "Environment", "Random"];
        foreach (string file in Repository.Files("src/Adversarial.Detectors/Methods", "*.cs"))
            Assert.DoesNotContain(foreign, Sources.Words(Repository.Text(file)).Contains);
    }
}
