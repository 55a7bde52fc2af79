using System.Diagnostics;

namespace ClusterTests;

/// <summary>samples/Cluster where something is missing: it says what, and ends.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-sample-").FullName;

    private static async Task<(int ExitCode, string Errors)> Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cluster.dll"), .. arguments]) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, errors);
    }

    // It waited for ever without a word.
    [Fact]
    public async Task AClientWithoutASiloSaysSo()
    {
        Assert.Equal(0, (await Run("generate", "--folder", _folder, "--files", "1", "--rows", "60")).ExitCode);
        (int exitCode, string errors) = await Run("fit", "--folder", _folder, "--gateway", "9");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("No silo answers at 127.0.0.1:9", errors);
        Assert.DoesNotContain("   at ", errors);
    }

    [Fact]
    public async Task ASiloWithoutItsFolderSaysSo()
    {
        (int exitCode, string errors) = await Run("silo", "--folder", Path.Combine(_folder, "none"));
        Assert.Equal(2, exitCode);
        Assert.StartsWith("There is no folder", errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
