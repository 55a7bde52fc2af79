namespace Conformance.Tests;

/// <summary>Whether what takes long is run too: other variants than the default, slow checks, more seeds.</summary>
internal static class FullRun
{
    /// <summary>True where ADVERSARIAL_FULL_TESTS is 1, which <c>eng/test.sh --full</c> sets.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1";
}
