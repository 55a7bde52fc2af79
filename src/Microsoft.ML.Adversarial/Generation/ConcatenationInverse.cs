namespace Microsoft.ML.Adversarial;

/// <summary>Takes a concatenation apart.</summary>
internal static class ConcatenationInverse
{
    /// <summary>The parts; empty where a slot's origin cannot be told.</summary>
    public static SpaceColumn[] Undo(PipelineStage stage, DataViewSchema.Column column, NumberValues values)
    {
        // The dependencies come in the schema's order, not in that of the slots, so each slot is numbered and sought behind the transformer.
        // From 1: a 0 could be anything.
        if (stage.Probe(column, slot => slot + 1) is not { } placed || placed.Length != values.Width)
            return [];
        var parts = new List<SpaceColumn>();
        int first = 0;
        foreach (DataViewSchema.Column source in stage.Sources(column))
        {
            int[] slots = [.. Enumerable.Range(first + 1, ProbeRow.WidthOf(source.Type)).Select(number => Array.IndexOf(placed, number))];
            if (Array.IndexOf(slots, -1) >= 0)
                return [];
            parts.Add(new SpaceColumn(source, values.Select(slots)));
            first += slots.Length;
        }

        return [.. parts];
    }
}
