using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What can be read off C# text without compiling it.</summary>
internal static partial class Sources
{
    /// <summary>Names of the types that a file declares.</summary>
    public static IEnumerable<string> DeclaredTypes(string text) => Declaration().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>All words of a file, those of comments and texts left out.</summary>
    public static HashSet<string> Words(string text) => [.. Word().Matches(Code(text)).Select(match => match.Value)];

    /// <summary>All words of a file but names of generic types and methods with their arguments, those of comments and texts left out.</summary>
    public static HashSet<string> NonGenericWords(string text) => [.. NonGenericWord().Matches(Code(text)).Select(match => match.Value)];

    /// <summary>A file without its comments and texts.</summary>
    public static string Code(string text) => CommentOrText().Replace(text, " ");

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|static|sealed|abstract|partial|readonly|ref|file)\s+)+(?:class|struct|enum|interface|record(?:\s+struct)?)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Za-z_]\w*\b(?!<)")]
    private static partial Regex NonGenericWord();

    [GeneratedRegex("//.*|/\\*[\\s\\S]*?\\*/|\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex CommentOrText();
}
