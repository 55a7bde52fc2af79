using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace Readme.Tests;

/// <summary>Compiles snippets as a user's project would and runs them in a folder of their own.</summary>
internal sealed class SnippetRunner : IDisposable
{
    // What a project with implicit usings has.
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string _compiler = BuildFacts.Get("Compiler");

    private readonly string _folder = Directory.CreateTempSubdirectory("readme-").FullName;
    private int _count;

    public SnippetRunner() => SampleData.Write(Path.Combine(_folder, SampleData.FileName));

    /// <summary>Runs a snippet to its end; earlier snippets' files are there.</summary>
    /// <exception cref="SnippetException">It does not compile, throws, or does not print what its comments say.</exception>
    public void Run(Snippet snippet)
    {
        string output = Execute(snippet, Compile(snippet));
        string[] printed = output.ReplaceLineEndings("\n").Split('\n');
        foreach (string expected in snippet.ExpectedLines)
        {
            if (!printed.Contains(expected))
                throw new SnippetException(snippet, $"'{expected}' is not printed, but:\n{output}");
        }
    }

    private byte[] Compile(Snippet snippet)
    {
        string name = $"Snippet{++_count}";
        string usings = Path.Combine(_folder, "Usings.cs");
        string source = Path.Combine(_folder, name + ".cs");
        string target = Path.Combine(_folder, name + ".dll");
        File.WriteAllText(usings, GlobalUsings);
        File.WriteAllText(source, $"#line {snippet.Line} \"{snippet.Page}\"\n{snippet.Code}\n");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = _folder };
        string[] arguments =
        [
            _compiler, "-nologo", "-noconfig", "-nostdlib", "-target:exe", "-langversion:14", "-nullable:enable", "-warnaserror",
            $"@{Path.Combine(AppContext.BaseDirectory, "references.rsp")}", $"-out:{target}", usings, source,
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string messages = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? File.ReadAllBytes(target) : throw new SnippetException(snippet, messages);
    }

    // Working folder and console are the process's: the tests of this project run one after the other.
    private string Execute(Snippet snippet, byte[] program)
    {
        MethodInfo entry = new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(program)).EntryPoint!;
        TextWriter console = Console.Out;
        string folder = Environment.CurrentDirectory;
        using var output = new StringWriter();
        Console.SetOut(output);
        Environment.CurrentDirectory = _folder;
        try
        {
            entry.Invoke(null, [Array.Empty<string>()]);
        }
        catch (TargetInvocationException failure)
        {
            throw new SnippetException(snippet, $"{failure.InnerException}\n{output}");
        }
        finally
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(console);
        }

        return output.ToString();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>A snippet does not do what its page says.</summary>
internal sealed class SnippetException(Snippet snippet, string message) : Exception($"{snippet.Page}, line {snippet.Line}: {message}");
