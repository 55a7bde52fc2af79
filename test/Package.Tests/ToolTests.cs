namespace Package.Tests;

/// <summary>The command line installs from its package alone, and runs.</summary>
public class ToolTests(PackedPackages packages)
{
    [Fact(Skip = FullRun.Reason, SkipUnless = nameof(FullRun.IsAsked), SkipType = typeof(FullRun))]
    public async Task TheToolInstallsTrainsAndScores()
    {
        await packages.PackedAsync();
        string folder = Directory.CreateTempSubdirectory("tool-user-").FullName;
        try
        {
            SampleData.Write(Path.Combine(folder, SampleData.FileName));
            await CommandLine.RunAsync(folder, "dotnet", "tool", "install", "--tool-path", "tools", "--source", PackedPackages.Folder, "--version", packages.Version, "Microsoft.ML.Adversarial.Cli");
            string adversarial = Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "adversarial.exe" : "adversarial");
            await CommandLine.RunAsync(folder, adversarial, "train", "--dataset", SampleData.FileName, "--label-col", "attack", "--method", "knn", "--output", "model.zip");
            string[] lines = (await CommandLine.RunAsync(folder, adversarial, "score", "--model", "model.zip", "--dataset", SampleData.FileName)).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            Assert.Equal("Score,PredictedLabel", lines[0]);
            Assert.Equal(File.ReadAllLines(Path.Combine(folder, SampleData.FileName)).Length, lines.Length);
            Assert.All(Enumerable.Range(1, lines.Length - 1).Where(row => row % 20 == 0), row => Assert.EndsWith(",true", lines[row]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
