using System.Reflection;
using Adversarial.Detectors;

namespace Conformance.Tests;

/// <summary>Options and cards.</summary>
public static class OptionChecks
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        new("25a options are valid by default and survive JSON", JsonRoundTrip),
        new("25b every number and list is validated by name", Validation),
        new("26 the card is complete", CardIsComplete),
    ];

    private static void JsonRoundTrip(Subject subject)
    {
        DetectorOptions options = subject.Options();
        options.Validate();
        string json = subject.Descriptor.ToJson(options);
        Assert.Equal(json, subject.Descriptor.ToJson(subject.Descriptor.FromJson(json)));
    }

    private static void Validation(Subject subject)
    {
        foreach (PropertyInfo property in subject.Descriptor.OptionsType.GetProperties().Where(p => p.CanWrite))
        {
            object? bad = BadValue(property.PropertyType);
            if (bad is null || property.Name == nameof(DetectorOptions.Seed))
                continue;
            DetectorOptions options = subject.Options();
            property.SetValue(options, bad);
            Exception? failure = Record.Exception(() => subject.Create(options, 4));
            Assert.True(failure is ArgumentOutOfRangeException range && range.ParamName == property.Name && failure.Message.Contains(property.Name, StringComparison.Ordinal),
                $"{property.Name} = {bad} gives {failure?.GetType().Name ?? "no error"}: {failure?.Message}");
        }
    }

    private static object? BadValue(Type type)
    {
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsEnum ? Enum.ToObject(value, 99)
            : value == typeof(int) ? -3
            : value == typeof(float) ? float.NaN
            : value == typeof(double) ? double.NaN
            : value == typeof(int[]) ? (int[])[8, 0]
            : null;
    }

    private static void CardIsComplete(Subject subject)
    {
        DetectorCard card = subject.Descriptor.Card;
        Assert.All((string[])[card.Name, card.Paper, card.Reference, card.Task, card.Scaling, card.Complexity, card.KnownFailure, card.Readme],
            text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.InRange(card.Year, 1950, 2100);
        Assert.Matches(@"^(arXiv:|doi:|HAL:|[A-Z]+ \d{4}$)", card.Reference);
        string readme = Path.Combine(RepositoryFiles.Root, card.Readme);
        Assert.True(File.Exists(readme), $"{card.Readme} does not exist.");
        Assert.Contains(card.Reference, File.ReadAllText(readme), StringComparison.Ordinal);
    }
}
