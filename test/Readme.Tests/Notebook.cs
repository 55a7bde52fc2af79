using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Readme.Tests;

/// <summary>A program in one file, and the notebook that is made from it.</summary>
/// <param name="Page">The program, relative to the repository's root.</param>
/// <param name="Text">Its text.</param>
internal sealed record Notebook(string Page, string Text)
{
    private const string Words = "//# ";
    private const string Types = "//! types";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private enum Kind
    {
        Code,
        Markdown,
    }

    /// <summary>All programs.</summary>
    public static IReadOnlyList<Notebook> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("samples/Notebooks"), "*.cs").Order(StringComparer.Ordinal)
            .Select(file => new Notebook($"samples/Notebooks/{Path.GetFileName(file)}", File.ReadAllText(file).ReplaceLineEndings("\n"))),
    ];

    /// <summary>The notebook's file.</summary>
    public string Target => Path.ChangeExtension(Repository.PathOf(Page), ".ipynb");

    /// <summary>The program as a compiler takes it that knows no directives of files.</summary>
    public Snippet Program => new(Page, 1, string.Join('\n', Lines.Select(line => IsDirective(line) ? "" : line)));

    private string[] Lines => Text.Split('\n');

    private static bool IsDirective(string line) => line.StartsWith("#:", StringComparison.Ordinal) || line.StartsWith("#!", StringComparison.Ordinal);

    /// <summary>The notebook as JSON: the package, the types, and then the program cell by cell.</summary>
    public string ToJson()
    {
        string[] lines = [.. Lines.Where(line => !IsDirective(line))];
        int types = Array.IndexOf(lines, Types);
        var cells = new JsonArray();
        IEnumerable<(Kind Kind, string Text)> program = Cells(lines[..types]);
        cells.Add(Cell(program.First(), 0));
        cells.Add(Cell((Kind.Code, $"#r \"nuget: Microsoft.ML.Adversarial, {Version}\""), 1));
        cells.Add(Cell((Kind.Code, $"using Microsoft.ML.Data;\n\n{string.Join('\n', lines[(types + 1)..]).Trim()}"), 2));
        foreach ((Kind Kind, string Text) cell in program.Skip(1))
            cells.Add(Cell(cell, cells.Count));
        var kernel = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };
        return new JsonObject
        {
            ["cells"] = cells,
            ["metadata"] = new JsonObject { ["kernelspec"] = kernel, ["language_info"] = new JsonObject { ["name"] = "C#" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString(_indented).ReplaceLineEndings("\n") + "\n";
    }

    // The version that the packages have.
    private static string Version => XDocument.Load(Repository.PathOf("build.props")).Descendants("VersionPrefix").Single().Value;

    private static IEnumerable<(Kind Kind, string Text)> Cells(string[] lines)
    {
        var open = new List<string>();
        Kind kind = Kind.Code;
        foreach (string line in lines.Append(Words))
        {
            Kind next = line.StartsWith(Words.TrimEnd(), StringComparison.Ordinal) ? Kind.Markdown : Kind.Code;
            if (next != kind || line == Words)
            {
                string text = string.Join('\n', open).Trim();
                if (text.Length > 0)
                    yield return (kind, text);
                open.Clear();
                kind = next;
            }

            open.Add(next == Kind.Markdown ? line[Math.Min(Words.Length, line.Length)..] : line);
        }
    }

    private static JsonObject Cell((Kind Kind, string Text) cell, int index)
    {
        string[] lines = cell.Text.Split('\n');
        var source = new JsonArray([.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line))]);
        var node = new JsonObject { ["cell_type"] = cell.Kind == Kind.Code ? "code" : "markdown", ["id"] = $"cell{index}", ["metadata"] = new JsonObject() };
        if (cell.Kind == Kind.Code)
            (node["execution_count"], node["outputs"]) = (null, new JsonArray());
        node["source"] = source;
        return node;
    }
}
