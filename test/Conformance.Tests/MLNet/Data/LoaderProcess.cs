using System.Diagnostics;

namespace Conformance.Tests.MLNet;

/// <summary>Runs ModelLoader, which lies beside the tests: a process of its own that loads a model and scores rows.</summary>
public static class LoaderProcess
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    /// <summary>Scores of the rows in a file, as the child process writes them.</summary>
    public static string[] Run(string model, string rows, string culture)
    {
        string scores = rows + "." + culture + ".scores";
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ModelLoader.dll"), model, rows, scores, culture])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(_limit))
        {
            process.Kill();
            throw new TimeoutException("The child process does not end.");
        }

        Assert.True(process.ExitCode == 0, $"The child process ended with {process.ExitCode}: {output.Result}{errors}");
        return File.ReadAllLines(scores);
    }
}
