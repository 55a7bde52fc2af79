using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Cli.Tests;

/// <summary>What a run of the tool ended with.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    public string[] Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The output of a run that did what it should.</summary>
    public ToolRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"It ended with {ExitCode}:\n{Output}\n{Errors}");
        return this;
    }

    /// <summary>A run that told its user what is wrong, and nothing of its inside.</summary>
    public void Refused(params string[] parts)
    {
        Assert.True(ExitCode == 1, $"It ended with {ExitCode}:\n{Output}\n{Errors}");
        Assert.Contains("error: ", Errors);
        Assert.DoesNotContain("   at ", Errors);
        Assert.DoesNotContain("Exception", Errors);
        Assert.All(parts, part => Assert.Contains(part, Errors));
    }
}

/// <summary>Runs the tool as a process of its own.</summary>
internal static class Tool
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static string Dll => Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.Adversarial.Cli.dll");

    public static ToolRun Run(string folder, params string[] arguments) => Run(folder, input: null, arguments);

    public static ToolRun Run(string folder, byte[]? input, string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', arguments)} does not end.");
        }

        return new ToolRun(process.ExitCode, output.Result, errors.Result);
    }

    public static Process Start(string folder, params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Dll, .. arguments])
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
