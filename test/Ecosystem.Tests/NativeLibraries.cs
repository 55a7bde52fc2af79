namespace Ecosystem.Tests;

/// <summary>Packages that bring native code do not run everywhere.</summary>
internal static class NativeLibraries
{
    /// <summary>Runs a test, and skips it where a package's native library does not load.</summary>
    public static void SkipIfMissing(Action test, string package)
    {
        try
        {
            test();
        }
        catch (Exception failure) when (CauseOf(failure) is { } cause)
        {
            Assert.Skip($"The native library of {package} does not load here: {cause.Message}");
        }
    }

    private static DllNotFoundException? CauseOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is DllNotFoundException cause)
                return cause;
        }

        return null;
    }
}
