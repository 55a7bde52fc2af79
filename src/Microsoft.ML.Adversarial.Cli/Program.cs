using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.ML.Adversarial.Cli;

// Numbers are read and written with a decimal point, whatever the system's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Signals end the work, which takes away what it had begun; a second one ends the program at once.
using var interrupted = new CancellationTokenSource();
void Interrupt(PosixSignalContext context)
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration onTermination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

var root = new RootCommand($"""
    Anomaly detectors for tables: trains, compares, explains and runs them. Models are ML.NET's, for any program that loads those.
    Files are CSV, TSV or Parquet, plain or .gz; - is the standard input or output.

    Exit codes: {ExitCode.Success} done, {ExitCode.UserError} wrong input, {ExitCode.Unexpected} an error of the program, {ExitCode.Cancelled} interrupted.
    """)
{
    new TrainVerb(),
    new ScoreVerb(),
    new EvaluateVerb(),
    new CompareVerb(),
    new SweepVerb(),
    new ExplainVerb(),
    new GenerateVerb(),
    new ExportVerb(),
    new InspectVerb(),
};

try
{
    ParseResult parse = root.Parse(args);
    if (parse.Errors.Count > 0)
        return Fail(Refusal(parse), ExitCode.UserError);
    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupted.Token);
}
catch (UserError failure)
{
    return Fail($"error: {failure.Message}", ExitCode.UserError);
}
catch (OperationCanceledException)
{
    return Fail("Interrupted.", ExitCode.Cancelled);
}
// A file that ends too early, a full disk; or who reads the output has had enough of it, as 'head' does, and wants no message.
catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
{
    return failure.Message.Contains("Broken pipe", StringComparison.Ordinal) ? ExitCode.UserError
        : Fail($"error: a file cannot be read or written: {failure.Message}", ExitCode.UserError);
}
catch (Exception failure)
{
    return Fail($"error of the program, please report it:\n{failure}", ExitCode.Unexpected);
}

// For people, and where --json is given for scripts as well; the command line itself may be what is wrong, so that nothing has read it.
int Fail(string text, int exitCode)
{
    Console.Error.WriteLine(text);
    if (args.Contains("--json"))
        Console.Out.WriteLine(new JsonObject { ["error"] = text.StartsWith("error: ", StringComparison.Ordinal) ? text["error: ".Length..] : text, ["exitCode"] = exitCode }.ToJsonString(Terminal.Json));
    return exitCode;
}

static string Refusal(ParseResult parse)
{
    Command command = parse.CommandResult.Command;
    string[] names = [.. command.Options.Select(option => option.Name), .. command.Subcommands.Select(verb => verb.Name)];
    // What follows a name that is wrong is an error as well, but none that helps.
    IEnumerable<string> messages = parse.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-') || command.Subcommands.Count > 0) is { } wrong
        ? [$"'{wrong}' is not understood. {Suggestion.For(wrong, names)}"]
        : parse.Errors.Select(Message).Distinct();
    return string.Join('\n', [.. messages.Select(message => $"error: {message}"), $"'{(command is RootCommand ? "adversarial" : $"adversarial {command.Name}")} --help' tells what there is."]);
}

// The parser's own words name types of .NET.
static string Message(ParseError error) => error.SymbolResult switch
{
    OptionResult { Option: { } option, Tokens: [.., { Value: var text }] } when error.Message.Contains("as expected type", StringComparison.Ordinal)
        => $"{option.Name} takes {Describe(option.ValueType)}; '{text}' is not that.",
    ArgumentResult { Parent: OptionResult parent, Tokens: [.., { Value: var text }] } when error.Message.Contains("as expected type", StringComparison.Ordinal)
        => $"{parent.Option.Name} takes {Describe(parent.Option.ValueType)}; '{text}' is not that.",
    _ => error.Message,
};

static string Describe(Type type)
{
    Type plain = Nullable.GetUnderlyingType(type) ?? type;
    return plain.IsEnum ? string.Join(", ", Enum.GetNames(plain))
        : plain == typeof(bool) ? "true or false"
        : plain == typeof(int) || plain == typeof(long) ? "a whole number"
        : plain == typeof(float) || plain == typeof(double) ? "a number"
        : "another value";
}
