using System.CommandLine;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>One verb of the command line.</summary>
internal abstract class Verb : System.CommandLine.Command
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object on the standard output, with all figures; what is for people goes to the standard error." };

    private readonly Option<Verbosity> _verbosity = new("--verbosity", "-v")
    {
        Description = "q: results and errors only; m: progress as well; d: each step of training and what ML.NET says.",
        HelpName = "q|m|d",
        DefaultValueFactory = _ => Verbosity.M,
    };

    protected Verb(string name, string description)
        : base(name, description) => SetAction((parse, cancellation) => Task.Run(() => Execute(parse, cancellation), CancellationToken.None));

    /// <summary>Adds the verb's own options, then those of all.</summary>
    protected void Take(params Option[] options)
    {
        foreach (Option option in options)
            Add(option);
        Add(_json);
        Add(_verbosity);
    }

    /// <summary>Does the work.</summary>
    /// <returns>What --json prints.</returns>
    /// <exception cref="UserError">What was given is wrong.</exception>
    protected abstract JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation);

    /// <summary>Whether rows go to the standard output, so that nothing else may.</summary>
    protected virtual bool WritesRows(ParseResult parse) => false;

    /// <summary>A number as JSON has it; nothing where it is none.</summary>
    protected static JsonNode? Figure(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private int Execute(ParseResult parse, CancellationToken cancellation)
    {
        bool json = parse.GetValue(_json), rows = WritesRows(parse);
        if (json && rows)
            throw new UserError("--json and rows cannot share the standard output: name a file for the rows with --output.");
        using var terminal = new Terminal(parse.GetValue(_verbosity), json || rows);
        JsonObject result = Run(parse, terminal, cancellation);
        if (json)
            Console.Out.WriteLine(result.ToJsonString(Terminal.Json));
        return ExitCode.Success;
    }
}
