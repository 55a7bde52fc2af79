using System.Diagnostics;
using System.Reflection;

namespace Architecture.Tests.Package;

/// <summary>The SDK's own C# compiler.</summary>
internal static class Compiler
{
    // What projects with implicit usings have.
    private static readonly string[] _usings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string _program = typeof(Compiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Compiler").Value!;

    // What this project is compiled against, but the ML.NET of this build and what was compiled against it.
    private static readonly string[] _framework = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt"))
        .Where(file => !Path.GetFileName(file).StartsWith("Microsoft.ML.", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(file) != HostRules.Host)];

    /// <summary>Compiles sources.</summary>
    /// <param name="target">The file to write.</param>
    /// <param name="sources">C# files.</param>
    /// <param name="references">Assemblies besides the framework.</param>
    /// <param name="usings">Namespaces that the project uses everywhere, besides the implicit ones.</param>
    /// <param name="options">More options.</param>
    /// <exception cref="InvalidOperationException">They do not compile; the message is the compiler's.</exception>
    public static void Compile(string target, IEnumerable<string> sources, IEnumerable<string> references, string[] usings, params string[] options)
    {
        string common = target + ".usings.cs";
        string response = target + ".rsp";
        File.WriteAllLines(common, _usings.Concat(usings).Select(space => $"global using {space};"));
        File.WriteAllLines(response,
        [
            "-nologo", "-nostdlib", "-target:library", "-langversion:14", "-nullable:enable", "-unsafe", $"-out:\"{target}\"", .. options,
            .. _framework.Concat(references).Select(file => $"-reference:\"{file}\""), .. sources.Append(common).Select(file => $"\"{file}\""),
        ]);
        var start = new ProcessStartInfo("dotnet", [_program, "-noconfig", $"@{response}"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string messages = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(messages);
    }
}
