namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What somebody who wrote a name that there is not may have meant.</summary>
internal static class Suggestion
{
    private const int ShownNames = 20;

    /// <summary>A sentence: the closest name if one is close, else the names that there are.</summary>
    public static string For(string given, IReadOnlyCollection<string> names)
    {
        string? closest = names.MinBy(name => Distance(Fold(given), Fold(name)));
        if (closest is not null && Distance(Fold(given), Fold(closest)) <= Math.Max(1, given.Length / 3))
            return $"Did you mean '{closest}'?";
        return names.Count == 0 ? "There is none." : $"There are: {string.Join(", ", names.Take(ShownNames))}{(names.Count > ShownNames ? " and others" : "")}.";
    }

    private static string Fold(string name) => name.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    // Levenshtein's.
    private static int Distance(string a, string b)
    {
        int[] before = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            before = row;
        }

        return before[b.Length];
    }
}
