namespace Adversarial.Benchmarks;

/// <summary>Reads options of the form --name VALUE.</summary>
internal static class CommandLine
{
    /// <summary>The value after a name, or null where there is none.</summary>
    public static string? Option(string[] args, string name)
    {
        int i = Array.IndexOf(args, name);
        return i >= 0 && i + 1 < args.Length ? args[i + 1] : null;
    }
}
