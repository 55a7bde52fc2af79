using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Getters and columns by index, where the value type is known only at run time.</summary>
internal static class RowUtils
{
    private static readonly MethodInfo _getGetter = Method(nameof(GetGetterCore));

    /// <summary>The getter of a column as the delegate of the column's own type.</summary>
    internal static Delegate GetGetter(this DataViewRow row, DataViewSchema.Column column) =>
        (Delegate)_getGetter.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column]);

    internal static MethodInfo Method(string name) => typeof(RowUtils).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);

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

    internal static DataViewRowCursor GetRowCursorForAllColumns(this IDataView view) => view.GetRowCursor(view.Schema);

    private static Delegate GetGetterCore<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
