using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Errors.CheckValue(data, nameof(data));
        Errors.CheckNonEmpty(columnName, nameof(columnName));
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Errors.CheckValue(data, nameof(data));
        DataViewSchema schema = data.Schema;
        if (column.Index >= schema.Count || schema[column.Index].Name != column.Name || !schema[column.Index].Type.Equals(column.Type))
            throw Errors.Param(nameof(column), $"column does not match the schema of the data: {column.Name}");
        Func<DataViewRow, Func<T>> reader = MakeReader<T>(column) ?? throw Errors.Param(nameof(column),
            $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
        return Read(data, column, reader);
    }

    private static IEnumerable<T> Read<T>(IDataView data, DataViewSchema.Column column, Func<DataViewRow, Func<T>> reader)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        Func<T> read = reader(cursor);
        while (cursor.MoveNext())
            yield return read();
    }

    /// <summary>Scalars and vectors as they are, text also as strings, vectors also as arrays.</summary>
    private static Func<DataViewRow, Func<T>> MakeReader<T>(DataViewSchema.Column column)
    {
        if (typeof(T) == column.Type.RawType)
            return row => Direct<T>(row, column);
        if (!MemberTypes.IsCompatible(column.Type, typeof(T)))
            return null;
        if (typeof(T) == typeof(string))
            return row => (Func<T>)(Delegate)Map(Direct<ReadOnlyMemory<char>>(row, column), text => text.ToString());
        if (typeof(T) == typeof(string[]))
        {
            return row => (Func<T>)(Delegate)Map(Direct<VBuffer<ReadOnlyMemory<char>>>(row, column),
                texts => texts.DenseValues().Select(text => text.ToString()).ToArray());
        }

        MethodInfo array = typeof(ColumnCursorExtensions).GetMethod(nameof(Array), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(column.Type.GetItemType().RawType);
        return row => (Func<T>)array.Invoke(null, [row, column]);
    }

    private static Func<T> Direct<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        return () =>
        {
            // A fresh value each time: the caller may keep it, and so must own its arrays.
            T value = default;
            get(ref value);
            return value;
        };
    }

    private static Func<TOut> Map<TIn, TOut>(Func<TIn> read, Func<TIn, TOut> map) => () => map(read());

    private static Func<T[]> Array<T>(DataViewRow row, DataViewSchema.Column column) =>
        Map(Direct<VBuffer<T>>(row, column), vector =>
        {
            var items = new T[vector.Length];
            vector.CopyTo(items);
            return items;
        });
}
