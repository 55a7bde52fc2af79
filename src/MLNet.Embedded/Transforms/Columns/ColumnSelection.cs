using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which columns stay: the named ones in the given order, or all but the named ones.</summary>
internal sealed class ColumnSelection
{
    private ColumnSelection(string[] names, bool drop, bool keepHidden)
    {
        if (names is not { Length: > 0 })
            throw Errors.Operation("Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        Errors.CheckParam(!names.Any(string.IsNullOrEmpty), "columns", "Contained some null or empty items");
        Names = names;
        IsDrop = drop;
        KeepsHidden = keepHidden;
    }

    internal string[] Names { get; }

    internal bool IsDrop { get; }

    internal bool KeepsHidden { get; }

    internal static ColumnSelection Drop(string[] names) => new(names, true, true);

    internal static ColumnSelection Keep(string[] names, bool keepHidden) => new(names, false, keepHidden);

    /// <summary>The input columns that stay, by index, in output order.</summary>
    internal int[] Apply(DataViewSchema schema, string parameter)
    {
        foreach (string name in Names)
        {
            if (!schema.TryGetColumnIndex(name, out _))
                throw Errors.ColumnNotFound(parameter, "input", name);
        }
        if (IsDrop)
            return schema.Where(column => !Names.Contains(column.Name)).Select(column => column.Index).ToArray();
        return Names.SelectMany(name => schema.Where(column => column.Name == name && (KeepsHidden || !column.IsHidden)))
            .Select(column => column.Index).ToArray();
    }

    internal SchemaShape Apply(SchemaShape inputSchema)
    {
        foreach (string name in Names)
        {
            if (!inputSchema.TryFindColumn(name, out _))
                throw Errors.ColumnNotFound(nameof(inputSchema), "input", name);
        }
        IEnumerable<SchemaShape.Column> kept = IsDrop
            ? inputSchema.Where(column => !Names.Contains(column.Name))
            : Names.Distinct().Select(name => inputSchema.First(column => column.Name == name));
        return new SchemaShape(kept);
    }
}
