using System.Reflection;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The column listings of the golden files, compared with a schema or with a view and its values.</summary>
internal static class GoldenColumns
{
    internal static void AssertEqual(JsonElement expected, IDataView actual, double tolerance = 0, bool annotations = true) =>
        AssertEqual(expected, actual, [.. actual.Schema], tolerance, annotations);

    /// <summary>Compares only the given columns, in their order.</summary>
    internal static void AssertEqual(JsonElement expected, IDataView actual, DataViewSchema.Column[] columns, double tolerance = 0,
        bool annotations = true)
    {
        List<string> differences = SchemaDifferences(expected, columns, annotations);
        JsonElement[] wanted = expected.EnumerateArray().ToArray();
        if (wanted.Length == columns.Length)
        {
            object[][] values = Read(actual, columns);
            for (int i = 0; i < wanted.Length; i++)
                AddValueDifferences(wanted[i], values[i], tolerance, differences);
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    internal static void AssertSchema(JsonElement expected, DataViewSchema actual, bool annotations = true)
    {
        List<string> differences = SchemaDifferences(expected, [.. actual], annotations);
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    /// <summary>All values of the columns in one pass, vectors as arrays.</summary>
    internal static object[][] Read(IDataView view, DataViewSchema.Column[] columns)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<object>[] readers = Array.ConvertAll(columns, column => Reader(cursor, column));
        var values = Array.ConvertAll(columns, _ => new List<object>());
        while (cursor.MoveNext())
        {
            for (int i = 0; i < readers.Length; i++)
                values[i].Add(readers[i]());
        }

        return Array.ConvertAll(values, list => list.ToArray());
    }

    private static List<string> SchemaDifferences(JsonElement expected, DataViewSchema.Column[] columns, bool annotations)
    {
        JsonElement[] wanted = expected.EnumerateArray().ToArray();
        string Listing() =>
            string.Join(" | ", columns.Select(column => $"{column.Name}: {column.Type}{(column.IsHidden ? " hidden" : "")}"));
        if (wanted.Length != columns.Length)
            return [$"expected {wanted.Length} columns, got {columns.Length}: {Listing()}"];
        var differences = new List<string>();
        for (int i = 0; i < wanted.Length; i++)
        {
            DataViewSchema.Column column = columns[i];
            string name = wanted[i].GetProperty("name").GetString();
            string type = wanted[i].GetProperty("type").GetString();
            bool hidden = wanted[i].Optional("isHidden")?.GetBoolean() ?? false;
            if (name != column.Name || type != column.Type.ToString() || hidden != column.IsHidden)
                differences.Add($"column {i}: expected {name}: {type}{(hidden ? " hidden" : "")}, got {Listing()}");
            else if (annotations)
                AddAnnotationDifferences(wanted[i].Optional("annotations"), column, differences);
        }

        return differences;
    }

    private static void AddAnnotationDifferences(JsonElement? expected, DataViewSchema.Column column, List<string> differences)
    {
        Dictionary<string, JsonElement> wanted = expected?.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) ?? [];
        string[] kinds = column.Annotations.Schema.Select(kind => kind.Name).ToArray();
        if (!wanted.Keys.Order().SequenceEqual(kinds.Order()))
        {
            differences.Add($"column {column.Name}: expected annotations {string.Join(",", wanted.Keys)}, got {string.Join(",", kinds)}");
            return;
        }

        foreach (DataViewSchema.Column kind in column.Annotations.Schema)
        {
            string type = wanted[kind.Name].GetProperty("type").GetString();
            object value = typeof(GoldenColumns).GetMethod(nameof(Annotation), BindingFlags.NonPublic | BindingFlags.Static)
                .MakeGenericMethod(kind.Type.RawType).Invoke(null, [column.Annotations, kind]);
            string difference = type != kind.Type.ToString()
                ? $"expected type {type}, got {kind.Type}"
                : GoldenValue.Difference(wanted[kind.Name].GetProperty("value"), Plain(value), 0);
            if (difference != null)
                differences.Add($"column {column.Name}, annotation {kind.Name}: {difference}");
        }
    }

    private static void AddValueDifferences(JsonElement expected, object[] actual, double tolerance, List<string> differences)
    {
        string name = expected.GetProperty("name").GetString();
        JsonElement[] wanted = expected.GetProperty("values").EnumerateArray().ToArray();
        if (wanted.Length != actual.Length)
        {
            differences.Add($"column {name}: expected {wanted.Length} rows, got {actual.Length}");
            return;
        }

        for (int row = 0; row < wanted.Length; row++)
        {
            if (GoldenValue.Difference(wanted[row], actual[row], tolerance) is { } difference)
                differences.Add($"column {name}, row {row}: {difference}");
        }
    }

    private static object Annotation<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        T value = default;
        annotations.GetGetter<T>(kind)(ref value);
        return value;
    }

    private static Func<object> Reader(DataViewRow row, DataViewSchema.Column column) =>
        (Func<object>)typeof(GoldenColumns).GetMethod(nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(column.Type.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null);

    private static Func<object> ReaderOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return Plain(value);
        };
    }

    private static object Plain(object value) =>
        value is System.Collections.IEnumerable items and not string ? items.Cast<object>().ToArray() : value;
}
