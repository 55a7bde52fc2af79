using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Rows must be finite where they are learned from, and where a detector is told to refuse others.</summary>
internal static class FiniteRow
{
    /// <summary>Refuses a row with a value that is NaN or infinite.</summary>
    /// <param name="column">The row's column.</param>
    /// <param name="row">Its values.</param>
    /// <param name="position">Its position in its cursor.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <exception cref="InvalidOperationException">There is one; the message names row, column, slot and value.</exception>
    public static void Require(DataViewSchema.Column column, ReadOnlySpan<float> row, long position, string remedy)
    {
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (float.IsFinite(row[slot]))
                continue;
            string value = row[slot].ToString(CultureInfo.InvariantCulture);
            throw new InvalidOperationException($"Row {position} of column '{column.Name}' holds {value} in slot {slot}{SlotName(column, slot)}. {remedy}");
        }
    }

    private static string SlotName(DataViewSchema.Column column, int slot)
    {
        if (!column.HasSlotNames())
            return "";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return $" ('{names.GetItemOrDefault(slot)}')";
    }
}
