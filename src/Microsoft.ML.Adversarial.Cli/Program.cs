using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
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
        return Refuse(parse);
    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupted.Token);
}
catch (UserError failure)
{
    Console.Error.WriteLine($"error: {failure.Message}");
    return ExitCode.UserError;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCode.Cancelled;
}
// A file that ends too early, a full disk; or who reads the output has had enough of it, as 'head' does, and wants no message.
catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
{
    if (!failure.Message.Contains("Broken pipe", StringComparison.Ordinal))
        Console.Error.WriteLine($"error: a file cannot be read or written: {failure.Message}");
    return ExitCode.UserError;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"error of the program, please report it:\n{failure}");
    return ExitCode.Unexpected;
}

static int Refuse(ParseResult parse)
{
    Command command = parse.CommandResult.Command;
    string[] names = [.. command.Options.Select(option => option.Name), .. command.Subcommands.Select(verb => verb.Name)];
    // What follows a name that is wrong is an error as well, but none that helps.
    if (parse.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-') || command.Subcommands.Count > 0) is { } wrong)
    {
        Console.Error.WriteLine($"error: '{wrong}' is not understood. {Suggestion.For(wrong, names)}");
    }
    else
    {
        foreach (string message in parse.Errors.Select(Message).Distinct())
            Console.Error.WriteLine($"error: {message}");
    }

    Console.Error.WriteLine($"'{(command is RootCommand ? "adversarial" : $"adversarial {command.Name}")} --help' tells what there is.");
    return ExitCode.UserError;
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
