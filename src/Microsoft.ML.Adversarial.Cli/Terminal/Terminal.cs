using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML.Runtime;
using Spectre.Console;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>How much is told.</summary>
internal enum Verbosity
{
    /// <summary>Results and errors.</summary>
    Q,

    /// <summary>Progress as well.</summary>
    M,

    /// <summary>All.</summary>
    D,
}

/// <summary>What people read: on the standard output, or on the standard error where that is for programs.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly TextWriter _text;
    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;
    private readonly object _writing = new();

    /// <param name="verbosity">How much is told.</param>
    /// <param name="outputIsTaken">Whether the standard output is for a program.</param>
    public Terminal(Verbosity verbosity, bool outputIsTaken)
    {
        Verbosity = verbosity;
        _text = outputIsTaken ? Console.Error : Console.Out;
        _isTerminal = !(outputIsTaken ? Console.IsErrorRedirected : Console.IsOutputRedirected);
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_text) });
    }

    /// <summary>How JSON is written.</summary>
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How much is told.</summary>
    public Verbosity Verbosity { get; }

    /// <summary>A result.</summary>
    public void Say(string text)
    {
        lock (_writing)
            _text.WriteLine(text);
    }

    /// <summary>What goes on.</summary>
    public void Tell(string text)
    {
        if (Verbosity >= Verbosity.M)
            Error(text);
    }

    /// <summary>What only somebody who looks for it wants to know.</summary>
    public void Detail(string text)
    {
        if (Verbosity >= Verbosity.D)
            Error(text);
    }

    /// <summary>What may be wrong though the work goes on.</summary>
    public void Warn(string text) => Error($"warning: {text}");

    /// <summary>Passes on what ML.NET and the library say.</summary>
    public void Listen(MLContext context) => context.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning)
            Warn(message.RawMessage);
        else if (message.Kind == ChannelMessageKind.Info)
            Detail(message.RawMessage);
    };

    private void Error(string text)
    {
        lock (_writing)
            Console.Error.WriteLine(text);
    }

    /// <summary>A table: drawn on a terminal, in Markdown elsewhere.</summary>
    public void Say(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[][] cells = [.. rows.Select(row => row.ToArray())];
        if (_isTerminal)
        {
            var table = new Spectre.Console.Table().Border(TableBorder.Rounded);
            for (int c = 0; c < header.Count; c++)
                table.AddColumn(new TableColumn(Markup.Escape(header[c])) { Alignment = c == 0 ? Justify.Left : Justify.Right });
            foreach (string[] row in cells)
                table.AddRow(Array.ConvertAll(row, Markup.Escape));
            _console.Write(table);
            return;
        }

        int[] widths = [.. header.Select((name, c) => cells.Select(row => row[c].Length).Append(name.Length).Append(3).Max())];
        string Line(IReadOnlyList<string> row) => $"| {string.Join(" | ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c])))} |";
        Say(string.Join('\n', [Line(header), Line([.. widths.Select(width => new string('-', width))]), .. cells.Select(Line)]));
    }

    /// <summary>Does some work under a bar that shows how far it is; where nobody looks on there is none.</summary>
    public T Follow<T>(string what, Func<Action<double, string>, T> work)
    {
        if (Verbosity == Verbosity.Q || Console.IsErrorRedirected)
            return work((_, _) => { });
        T result = default!;
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(what), maxValue: 1);
                result = work((fraction, text) =>
                {
                    task.Value = Math.Max(task.Value, fraction);
                    task.Description = Markup.Escape(text.Length == 0 ? what : $"{what}: {text}");
                });
            });
        return result;
    }

    /// <summary>A number as texts have it; a dash where there is none.</summary>
    public static string Show(double value, string format = "F4") => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => _text.Flush();
}
