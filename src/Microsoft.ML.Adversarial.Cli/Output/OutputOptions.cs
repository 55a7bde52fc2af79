using System.CommandLine;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Options that say where rows go.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string> _output = new("--output", "-o") { Description = "Where the rows go; - is the standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
    private readonly Option<RowFormat?> _format = new("--format") { Description = "How they are written; by default by the end of the file's name, else CSV.", HelpName = "csv|tsv|jsonl|parquet" };

    /// <summary>All of them.</summary>
    public Option[] All => [_output, _format];

    /// <summary>Whether the rows go to the standard output.</summary>
    public bool IsStandardOutput(ParseResult parse) => PathOf(parse) == "-";

    /// <summary>The file that was named.</summary>
    public string PathOf(ParseResult parse) => parse.GetRequiredValue(_output);

    /// <summary>The format.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="others">Files that are read: the output must be none of them.</param>
    /// <exception cref="UserError">The file could not be written.</exception>
    public RowFormat FormatOf(ParseResult parse, params string?[] others)
    {
        OutputFile.Require(PathOf(parse), others);
        return RowWriter.FormatOf(PathOf(parse), parse.GetValue(_format));
    }
}
