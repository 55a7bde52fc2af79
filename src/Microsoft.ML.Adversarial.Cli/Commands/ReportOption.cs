using System.CommandLine;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>The page that some verbs write.</summary>
internal static class ReportOption
{
    /// <summary>Rows whose scores a report explains.</summary>
    public const int ExplainedRows = 50;

    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--report") { Description = "Write an HTML page with curves, thresholds and what makes the scores; it needs nothing else.", HelpName = "FILE.html" };
}
