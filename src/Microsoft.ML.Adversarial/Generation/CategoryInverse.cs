using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Undoes one-hot encoding, in one transformer or in its two steps.</summary>
internal static class CategoryInverse
{
    /// <summary>From indicators to the values of the categories; null where the slots do not stand for one category each.</summary>
    public static TermValues? UndoOneHot(PipelineStage stage, DataViewSchema.Column column, NumberValues values)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        string[] slots = [.. names.DenseValues().Select(name => name.ToString())];
        // The keys between the two steps stay in the schema, hidden. Slots that are named otherwise stand for bits of the key.
        bool named = stage.Output.Any(key => key.Name == column.Name && key.Type is KeyDataViewType && KeyValues.Texts(key) is { } terms && terms.SequenceEqual(slots));
        return named && slots.Length == values.Width ? new TermValues(Largest(values), slots) : null;
    }

    /// <summary>From indicators to keys; null where there are several keys a row.</summary>
    public static CategoryValues? UndoIndicators(DataViewType source, NumberValues values) =>
        source is KeyDataViewType key && key.Count == (ulong)values.Width ? new CategoryValues(Largest(values)) : null;

    /// <summary>From keys to their values; null where the schema does not have them.</summary>
    public static TermValues? UndoKeys(DataViewSchema.Column column, CategoryValues keys) =>
        KeyValues.Texts(column) is { } terms ? new TermValues(keys.Categories, terms) : null;

    // Only categories that a training row had, and missing where none had any.
    private static int[] Largest(NumberValues values)
    {
        int[] seen = [.. Enumerable.Range(0, values.Width).Where(slot => values.High[slot] > 0.5)];
        int rows = values.Rows.Length / values.Width;
        return [.. Enumerable.Range(0, rows).Select(row =>
            seen.Length == 0 ? ColumnValues.Missing : seen.MaxBy(slot => values.Rows[row * values.Width + slot]))];
    }
}
