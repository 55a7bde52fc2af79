using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>
/// An option that a sweep searches: a range of numbers, or some values. Values are texts as <see cref="DetectorDescriptor.SetOption"/> takes them,
/// independent of culture.
/// </summary>
public sealed record SearchDimension
{
    private SearchDimension(string option) => Option = option;

    /// <summary>Name of the option.</summary>
    public string Option { get; }

    /// <summary>The least value of a range; NaN where there are <see cref="Choices"/>.</summary>
    public double Minimum { get; private init; } = double.NaN;

    /// <summary>The greatest value of a range; NaN where there are <see cref="Choices"/>.</summary>
    public double Maximum { get; private init; } = double.NaN;

    /// <summary>Whether the numbers of a range are whole.</summary>
    public bool IsInteger { get; private init; }

    /// <summary>Whether a range is searched by factors and not by differences.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>The values to choose from; empty for a range.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>The option's value where nobody sets it; null where the method derives it from rows and width, or a caller made the dimension.</summary>
    public string? Default { get; internal init; }

    /// <summary>Numbers from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <param name="option">Name of the option.</param>
    /// <param name="minimum">The least, finite; above 0 where factors count.</param>
    /// <param name="maximum">The greatest, finite, at least the least.</param>
    /// <param name="isLogarithmic">Whether factors count and not differences.</param>
    /// <param name="isInteger">Whether they are whole.</param>
    /// <exception cref="ArgumentException">It is no range.</exception>
    public static SearchDimension Range(string option, double minimum, double maximum, bool isLogarithmic = false, bool isInteger = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(option);
        if (!(double.IsFinite(minimum) && double.IsFinite(maximum) && minimum <= maximum) || (isLogarithmic && minimum <= 0))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum} is no range of option {option}{(isLogarithmic ? " by factors" : "")}."), nameof(minimum));
        return new(option) { Minimum = minimum, Maximum = maximum, IsLogarithmic = isLogarithmic, IsInteger = isInteger };
    }

    /// <summary>Some values.</summary>
    /// <param name="option">Name of the option.</param>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SearchDimension Choice(string option, params IReadOnlyList<string> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(option);
        if (values is not { Count: > 0 })
            throw new ArgumentException($"There is no value of option {option} to choose.", nameof(values));
        return new(option) { Choices = [.. values] };
    }

    /// <summary>A value by chance: a number of three digits, or one of the choices.</summary>
    internal string Draw(Random random)
    {
        if (Choices.Count > 0)
            return Choices[random.Next(Choices.Count)];
        double at = random.NextDouble();
        if (IsInteger)
        {
            // Without factors each whole number takes the same part of the range.
            double number = IsLogarithmic ? Minimum * Math.Pow(Maximum / Minimum, at) : Minimum - 0.5 + at * (Maximum - Minimum + 1);
            return Math.Clamp((long)Math.Round(number), (long)Minimum, (long)Maximum).ToString(CultureInfo.InvariantCulture);
        }

        double value = IsLogarithmic ? Minimum * Math.Pow(Maximum / Minimum, at) : Minimum + at * (Maximum - Minimum);
        return Math.Clamp(double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), Minimum, Maximum)
            .ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a value may be drawn.</summary>
    internal bool Contains(string value) => Choices.Count > 0
        ? Choices.Contains(value)
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= Minimum && number <= Maximum;

    /// <summary>What is searched, in words.</summary>
    public override string ToString() => Choices.Count > 0
        ? $"{Option}: {string.Join(", ", Choices)}"
        : string.Create(CultureInfo.InvariantCulture, $"{Option}: {Minimum} to {Maximum}{(IsLogarithmic ? ", by factors" : "")}");
}
