namespace Microsoft.ML.Adversarial.Cli;

/// <summary>What somebody who wrote a name that there is not may have meant.</summary>
internal static class Suggestion
{
    private const int ShownNames = 20;

    /// <summary>A sentence: the closest name if one is close, else the names that there are.</summary>
    public static string For(string given, IReadOnlyCollection<string> names)
    {
        string folded = Fold(given);
        string? closest = names.MinBy(name => Distance(folded, Fold(name)));
        int far = closest is null ? int.MaxValue : Distance(folded, Fold(closest));
        if (far < folded.Length && far <= Math.Max(1, folded.Length / 3))
            return $"Did you mean '{closest}'?";
        return names.Count == 0 ? "There is none." : $"There are: {string.Join(", ", names.Take(ShownNames))}{(names.Count > ShownNames ? " and others" : "")}.";
    }

    private static string Fold(string name) => name.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    // Letters that are missing, too many or others, and neighbours that changed places.
    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int other = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(other, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[a.Length, b.Length];
    }
}
