using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Columns by index, and getters whose value type is known only at run time.</summary>
internal static class RowUtils
{
    private static readonly MethodInfo _getGetter =
        typeof(RowUtils).GetMethod(nameof(GetGetterCore), BindingFlags.NonPublic | BindingFlags.Static);

    /// <summary>The getter of a column as the delegate of the column's own type.</summary>
    internal static Delegate GetGetter(this DataViewRow row, DataViewSchema.Column column) =>
        (Delegate)_getGetter.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column]);

    /// <summary>Which indices the columns name; refuses columns that are not of the schema.</summary>
    internal static bool[] ToMask(this IEnumerable<DataViewSchema.Column> columns, DataViewSchema schema)
    {
        var mask = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns ?? [])
        {
            if ((uint)column.Index >= (uint)mask.Length)
                throw Errors.Param(nameof(columns), $"Column '{column.Name}' is not of this schema");
            mask[column.Index] = true;
        }

        return mask;
    }

    internal static IEnumerable<DataViewSchema.Column> Where(this DataViewSchema schema, Func<int, bool> predicate)
    {
        foreach (DataViewSchema.Column column in schema)
        {
            if (predicate(column.Index))
                yield return column;
        }
    }

    private static Delegate GetGetterCore<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
