using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Finds the one-hot groups of a feature column by what its annotations tell and its rows confirm.</summary>
internal static class SlotGroups
{
    private const string CategoricalSlotRanges = "CategoricalSlotRanges";
    private const string SlotNames = "SlotNames";

    /// <summary>The groups, ascending; empty where there are none.</summary>
    /// <param name="features">The feature column.</param>
    /// <param name="rows">Its training rows: a group's values are 0 or 1, at most one of them 1.</param>
    public static ColumnRange[] Find(DataViewSchema.Column features, FeatureMatrix rows) =>
        [.. Candidates(features).Where(range => range.Length >= 2 && range.Start + range.Length <= rows.Columns && IsOneHot(rows, range))];

    /// <summary>What may be groups, by the column's annotations: concatenation keeps the ranges, normalisation drops them and keeps the names, "Service.http" next to "Service.ftp".</summary>
    public static IEnumerable<ColumnRange> Candidates(DataViewSchema.Column features)
    {
        if (features.Annotations.Schema.GetColumnOrNull(CategoricalSlotRanges) is not null)
        {
            VBuffer<int> ranges = default;
            features.Annotations.GetValue(CategoricalSlotRanges, ref ranges);
            int[] ends = [.. ranges.DenseValues()];
            return Enumerable.Range(0, ends.Length / 2).Select(i => new ColumnRange(ends[2 * i], ends[2 * i + 1] - ends[2 * i] + 1));
        }

        if (features.Annotations.Schema.GetColumnOrNull(SlotNames) is null)
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.Annotations.GetValue(SlotNames, ref names);
        return Runs([.. names.DenseValues().Select(Prefix)]);
    }

    private static string Prefix(ReadOnlyMemory<char> name)
    {
        int dot = name.Span.IndexOf('.');
        return dot > 0 ? name[..dot].ToString() : "";
    }

    private static IEnumerable<ColumnRange> Runs(string[] prefixes)
    {
        for (int start = 0; start < prefixes.Length;)
        {
            int end = start + 1;
            while (end < prefixes.Length && prefixes[end] == prefixes[start])
                end++;
            if (prefixes[start].Length > 0)
                yield return new ColumnRange(start, end - start);
            start = end;
        }
    }

    private static bool IsOneHot(FeatureMatrix rows, ColumnRange range)
    {
        for (int r = 0; r < rows.Rows; r++)
        {
            int ones = 0;
            foreach (float value in rows[r].Slice(range.Start, range.Length))
            {
                if (value is not (0 or 1))
                    return false;
                ones += (int)value;
            }

            if (ones > 1)
                return false;
        }

        return true;
    }
}
