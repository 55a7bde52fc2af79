using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The types that have a missing value here: the reals, with NaN.</summary>
internal static class MissingValues
{
    internal static bool HasMissing(DataViewType itemType) =>
        itemType.Equals(NumberDataViewType.Single) || itemType.Equals(NumberDataViewType.Double);

    internal static void Check(DataViewType itemType, string transform)
    {
        if (!HasMissing(itemType))
        {
            throw Errors.Param("inputSchema",
                $"Type '{itemType}' is not supported by {transform} since it doesn't have an NA value");
        }
    }

    internal static SchemaShape.Column Find(SchemaShape inputSchema, string name, string transform)
    {
        if (!inputSchema.TryFindColumn(name, out SchemaShape.Column column))
            throw Errors.ColumnNotFound(nameof(inputSchema), "input", name);
        Check(column.ItemType, transform);
        return column;
    }
}
