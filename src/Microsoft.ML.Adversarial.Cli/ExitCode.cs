namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What the program says to the shell.</summary>
internal static class ExitCode
{
    /// <summary>All is done.</summary>
    public const int Success = 0;

    /// <summary>The command line, a file or a value in it is wrong; the message says which.</summary>
    public const int UserError = 1;

    /// <summary>An error of the program.</summary>
    public const int Unexpected = 2;

    /// <summary>Interrupted; what was begun is taken away. As shells have it: 128 and the signal's number.</summary>
    public const int Cancelled = 130;
}
