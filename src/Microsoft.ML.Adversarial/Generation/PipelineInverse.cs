using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Adversarial;

/// <summary>Walks a pipeline backwards and undoes what can be undone by what ML.NET tells in public.</summary>
internal static class PipelineInverse
{
    /// <summary>The generated rows in the columns of the pipeline's input, and behind them the columns that could not be undone so far.</summary>
    public static GeneratedDataView Restore(PipelineStage[] stages, SpaceColumn features, DataViewSchema inputSchema)
    {
        List<SpaceColumn> reached = [features];
        var kept = new List<SpaceColumn>();
        foreach (PipelineStage stage in Enumerable.Reverse(stages))
            reached = StepBack(stage, reached, kept);
        IEnumerable<SpaceColumn> original = reached.OrderBy(column => column.Column.Index);
        // Where a column was changed in place and also read as it was, the original one bears the name.
        return new GeneratedDataView([.. original.Concat(kept).DistinctBy(column => column.Column.Name).Select(TypedColumns.Create)]);
    }

    private static List<SpaceColumn> StepBack(PipelineStage stage, List<SpaceColumn> behind, List<SpaceColumn> kept)
    {
        var before = new List<SpaceColumn>();
        var made = new List<SpaceColumn>();
        foreach (SpaceColumn column in behind)
        {
            if (stage.Makes(column.Column.Name))
                made.Add(column);
            else if (stage.Input.GetColumnOrNull(column.Column.Name) is { } same && same.Type.Equals(column.Column.Type))
                before.Add(column with { Column = same });
            else
                kept.Add(column);
        }

        foreach (SpaceColumn column in made)
        {
            SpaceColumn[] sources = Undo(stage, column);
            if (sources.Length == 0 || !Array.TrueForAll(sources, source => TypedColumns.CanHold(source.Column.Type, source.Values)))
                kept.Add(column);
            else
                before.AddRange(sources.Where(source => !before.Exists(other => other.Column.Name == source.Column.Name)));
        }

        return before;
    }

    /// <summary>The columns that a column was made of; empty where that cannot be told.</summary>
    private static SpaceColumn[] Undo(PipelineStage stage, SpaceColumn column)
    {
        if (stage.Transformer is ColumnConcatenatingTransformer)
            return column.Values is NumberValues joined ? ConcatenationInverse.Undo(stage, column.Column, joined) : [];
        if (stage.Sources(column.Column) is not [DataViewSchema.Column source])
            return [];
        ColumnValues? values = (stage.Transformer, column.Values) switch
        {
            (NormalizingTransformer normalizer, NumberValues numbers) => AffineInverse.Undo(normalizer, stage, column.Column, numbers),
            (OneHotEncodingTransformer, NumberValues numbers) => CategoryInverse.UndoOneHot(stage, column.Column, numbers),
            (KeyToVectorMappingTransformer, NumberValues numbers) => CategoryInverse.UndoIndicators(source.Type, numbers),
            (ValueToKeyMappingTransformer, CategoryValues keys) => CategoryInverse.UndoKeys(column.Column, keys),
            // The rows hold values that the training rows could have had, so these gave them back as they were but for the type.
            (ColumnCopyingTransformer or TypeConvertingTransformer or MissingValueReplacingTransformer, ColumnValues same) => same,
            _ => null,
        };
        return values is null ? [] : [new SpaceColumn(source, values)];
    }
}
