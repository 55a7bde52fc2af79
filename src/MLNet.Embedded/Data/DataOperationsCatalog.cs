using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Loading of data, and operations on its rows.</summary>
public sealed partial class DataOperationsCatalog : IInternalCatalog
{
    private readonly IHostEnvironmentInternal _env;

    internal DataOperationsCatalog(IHostEnvironmentInternal env)
    {
        Errors.CheckValue(env, nameof(env));
        _env = (IHostEnvironmentInternal)env.RegisterCatalog();
    }

    IHostEnvironment IInternalCatalog.Environment => _env;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Errors.CheckValue(data, nameof(data));
        return new EnumerableDataView<TRow>(data, schemaDefinition);
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        Errors.CheckValue(data, nameof(data));
        Errors.CheckValue(schema, nameof(schema));
        return new EnumerableDataView<TRow>(data, SchemaDefinition.Create(typeof(TRow), schema));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false,
        SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Errors.CheckValue(data, nameof(data));
        return Enumerate<TRow>(data, reuseRowObject, ignoreMissingColumns, schemaDefinition);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Errors.CheckValue(input, nameof(input));
        int[] prefetch = (columnsToPrefetch ?? []).Select(name => input.Schema.GetColumnOrNull(name)?.Index
            ?? throw Errors.ColumnNotFound(nameof(columnsToPrefetch), "prefetch", name)).ToArray();
        return new CacheDataView(input, prefetch);
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, bool reuse, bool ignoreMissing, SchemaDefinition definition)
        where TRow : class, new()
    {
        var columns = RowSetters.Match(typeof(TRow), data.Schema, ignoreMissing, definition);
        using DataViewRowCursor cursor = data.GetRowCursor(columns.Select(column => column.Source));
        Action<TRow> fill = RowSetters.Create<TRow>(cursor, columns);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (row == null || !reuse)
                row = new TRow();
            fill(row);
            yield return row;
        }
    }
}
