namespace Microsoft.ML.Adversarial;

/// <summary>Options of comparisons and sweeps are refused by name, with the values that they may have.</summary>
internal static class OptionCheck
{
    public static void Require(bool valid, string option, object? value, string range)
    {
        if (!valid)
            throw new ArgumentOutOfRangeException(option, value, $"Option {option} must be {range}.");
    }
}
