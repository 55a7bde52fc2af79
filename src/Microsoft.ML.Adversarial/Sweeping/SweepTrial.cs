using System.Globalization;

namespace Microsoft.ML.Adversarial;

/// <summary>Values of a method's options that were tried.</summary>
public sealed record SweepTrial
{
    internal SweepTrial(int number, IReadOnlyDictionary<string, string> values) => (Number, Values) = (number, values);

    /// <summary>Its number; 0 is the trial of the options as they were given.</summary>
    public int Number { get; }

    /// <summary>The options that were drawn, as <see cref="global::Adversarial.Detectors.DetectorDescriptor.SetOption"/> takes them; others are as they were given.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Share of the training rows that it was last fitted to, in (0, 1]; 0 where it was not.</summary>
    public double RowShare { get; internal init; }

    /// <summary>What decides, of the validation rows: higher is better; NaN where it has none.</summary>
    public double Criterion { get; internal init; } = double.NaN;

    /// <summary>Seconds of the last fit, beside the others that ran.</summary>
    public double FitSeconds { get; internal init; } = double.NaN;

    /// <summary>Why it has no result; null where it has one.</summary>
    public string? Failure { get; internal init; }

    /// <summary>The values, in words.</summary>
    internal string Description => Values.Count == 0 ? "as given" : string.Join(", ", Values.Select(value => $"{value.Key}={value.Value}"));

    /// <summary>The trial in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}: {Description}: {(Failure is null ? $"{Criterion:F4} of {RowShare:P0} of the rows" : $"failed: {Failure}")}");
}
