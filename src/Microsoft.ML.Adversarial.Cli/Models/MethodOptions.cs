using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>A method's options by name: --option Name=Value.</summary>
internal static class MethodOptions
{
    /// <summary>A method by its name; spaces, hyphens and case do not matter.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static DetectorDescriptor Method(string name)
    {
        static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return DetectorRegistry.All.FirstOrDefault(method => Fold(method.Name) == Fold(name))
            ?? throw new UserError($"There is no method '{name}'. {Suggestion.For(name, [.. DetectorRegistry.All.Select(method => method.Name)])} 'adversarial inspect --methods' tells of all.");
    }

    /// <summary>Default options with those that are given.</summary>
    /// <param name="method">The method.</param>
    /// <param name="settings">"Name=Value", each.</param>
    /// <exception cref="UserError">There is no such option, or the value is none; the message names the option and what it takes.</exception>
    public static DetectorOptions Create(DetectorDescriptor method, IEnumerable<string> settings)
    {
        DetectorOptions options = method.CreateOptions();
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UserError($"--option takes Name=Value, such as --option Contamination=0.01; '{setting}' is not that.");
            string name = setting[..equals].Trim();
            if (!method.OptionNames.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new UserError($"{method.Name} has no option '{name}'. {Suggestion.For(name, [.. method.OptionNames])}");
            UserError.Of(() => method.SetOption(options, name, setting[(equals + 1)..].Trim()));
        }

        UserError.Of(options.Validate);
        return options;
    }
}
