using System.CommandLine;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Options that name a file of rows.</summary>
internal sealed class FileOptions
{
    private readonly Option<string> _dataset;

    private readonly Option<bool> _header = new("--has-header") { Description = "Whether the first line of a text holds the columns' names; else they are col0, col1 and so on.", DefaultValueFactory = _ => true };

    private readonly Option<string?> _separator = new("--separator") { Description = "What stands between the cells of a text, such as ';' or tab; by default what its first line has most of.", HelpName = "CHAR" };

    public FileOptions(string description) => _dataset = new("--dataset", "-d") { Description = description, HelpName = "FILE", Required = true };

    /// <summary>All of them.</summary>
    public Option[] All => [_dataset, _header, _separator];

    /// <summary>The path that was given.</summary>
    public string PathOf(ParseResult parse) => parse.GetRequiredValue(_dataset);

    /// <summary>The file that is named.</summary>
    public TableFile Of(ParseResult parse) => Of(parse, PathOf(parse));

    /// <summary>Another file of the same kind.</summary>
    public TableFile Of(ParseResult parse, string path)
    {
        string? separator = parse.GetValue(_separator);
        char? character = separator switch
        {
            null => null,
            "tab" or "\\t" => '\t',
            { Length: 1 } when separator[0] is not ('"' or '\r' or '\n') && char.IsAscii(separator[0]) => separator[0],
            _ => throw new UserError($"--separator takes one character of ASCII that is no quote, or tab; '{separator}' is neither."),
        };
        return new TableFile(path, character, parse.GetValue(_header));
    }
}
