namespace Package.Tests;

/// <summary>Whether the long tests run.</summary>
public static class FullRun
{
    public const string Reason = "Packing and restoring takes minutes: eng/test.sh --full does it, and CI (CI=true).";

    public static bool IsAsked =>
        Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1"
        || string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
