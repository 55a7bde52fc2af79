using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Readme.Tests;

/// <summary>The notebooks run in Jupyter, where it and a kernel for C# are installed; with the built libraries in the package's place.</summary>
public class NotebookRunTests
{
    private const string Kernel = ".net-csharp";

    public static TheoryData<string> Programs => NotebookTests.Programs;

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_notebook_runs_in_Jupyter(string page)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1", "Only with ADVERSARIAL_FULL_TESTS=1.");
        (int code, string output) = Run("jupyter", ["kernelspec", "list"], Repository.Root);
        Assert.SkipUnless(code == 0 && output.Contains(Kernel, StringComparison.Ordinal), $"Jupyter with the kernel {Kernel} is not installed.");
        JsonNode notebook = JsonNode.Parse(Notebook.All.Single(candidate => candidate.Page == page).ToJson())!;
        JsonNode package = notebook["cells"]!.AsArray().Single(cell => cell!["source"]![0]!.GetValue<string>().StartsWith("#r", StringComparison.Ordinal))!;
        string[] references = [.. new[] { "Adversarial.Numerics", "Adversarial.Neural", "Adversarial.Detectors", "Microsoft.ML.Adversarial" }.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))];
        package["source"] = new JsonArray([.. references.Select(file => (JsonNode)$"#r \"{file}\"\n").Prepend("#r \"nuget: Microsoft.ML, 5.0.1\"\n")]);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("notebook-");
        try
        {
            string name = Path.GetFileNameWithoutExtension(page);
            File.WriteAllText(Path.Combine(folder.FullName, name + ".ipynb"), notebook.ToJsonString());
            (code, output) = Run("jupyter", ["nbconvert", "--to", "notebook", "--execute", "--output", "done.ipynb", name + ".ipynb"], folder.FullName);
            Assert.True(code == 0, output);
            string done = File.ReadAllText(Path.Combine(folder.FullName, "done.ipynb"));
            Assert.All(Notebook.All.Single(candidate => candidate.Page == page).Program.ExpectedLines, line => Assert.Contains(line, done, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Code, string Output) Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception)
        {
            return (-1, $"{program} is not installed.");
        }
    }
}
