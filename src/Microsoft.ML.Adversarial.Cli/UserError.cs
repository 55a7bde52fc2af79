using System.Text.RegularExpressions;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What a user can put right; its message says what is wrong and what to do. It ends the program with <see cref="ExitCode.UserError"/>.</summary>
internal sealed partial class UserError(string message, Exception? cause = null) : Exception(message, cause)
{
    // Names of the library's members, as its messages have them, and what they are called here.
    private static readonly (string Library, string Option)[] _names =
    [
        ("NormalLabel", "--normal-label"),
        ("LabelColumnName", "--label-col"),
        ("TimeLimit", "--time-limit"),
    ];

    /// <summary>Calls the library; what it says against the user's data, files and options becomes a user's error.</summary>
    public static T Of<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception failure) when (IsOfUser(failure))
        {
            throw new UserError(Text(failure), failure);
        }
    }

    /// <summary>The same for a call without a result.</summary>
    public static void Of(Action call) => Of(() =>
    {
        call();
        return 0;
    });

    /// <summary>Whether the library or the system says that input, a file or an option is wrong.</summary>
    public static bool IsOfUser(Exception failure) => failure is not ArgumentNullException and not ObjectDisposedException
        && failure is ArgumentException or InvalidOperationException or FormatException or NotSupportedException
            or IOException or UnauthorizedAccessException or TrainingDivergedException;

    /// <summary>The message in the words of the command line.</summary>
    public static string Text(Exception failure)
    {
        string text = Parameter().Replace(failure.Message, "").ReplaceLineEndings(" ").Trim();
        foreach ((string library, string option) in _names)
            text = Regex.Replace(text, $@"\b(?:[Oo]ption )?{library}\b", option);
        return text;
    }

    // What .NET adds behind the message of an argument's error.
    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)|\r?\n?Actual value was .*?\.(?=\s|$)", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
