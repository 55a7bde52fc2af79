using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What the transforms that take keys ask of a column.</summary>
internal static class KeyColumns
{
    internal static void Check(DataViewSchema.Column column)
    {
        if (column.Type.GetItemType() is not KeyDataViewType { Count: <= int.MaxValue })
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, "key type of known cardinality", column.Type.ToString());
    }

    internal static SchemaShape.Column Find(SchemaShape inputSchema, string name)
    {
        if (!inputSchema.TryFindColumn(name, out SchemaShape.Column column))
            throw Errors.ColumnNotFound(nameof(inputSchema), "input", name);
        if (!column.IsKey)
            throw Errors.SchemaMismatch(nameof(inputSchema), "input", name, "key type of known cardinality", column.GetTypeString());
        return column;
    }

    internal static bool HasTextKeyValues(SchemaShape.Column column) =>
        column.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column values)
        && values.Kind == SchemaShape.Column.VectorKind.Vector && values.ItemType is TextDataViewType;

    internal static ReadOnlyMemory<char>[] GetTexts(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return values.DenseValues().ToArray();
    }

    /// <summary>The keys of a column as vectors of 0 (missing) and 1..N; a scalar is a vector of one.</summary>
    internal static ValueGetter<VBuffer<uint>> Keys(DataViewRow input, DataViewSchema.Column column) =>
        GenericCall.Invoke<ValueGetter<VBuffer<uint>>>(typeof(KeyColumns), null, nameof(KeysCore),
            [column.Type.GetItemType().RawType], input, column);

    private static ValueGetter<VBuffer<uint>> KeysCore<T>(DataViewRow input, DataViewSchema.Column column)
    {
        uint count = (uint)column.Type.GetItemType().GetKeyCountAsInt32();
        // What is beyond the count is no value either.
        Delegate mapped = MappedGetters.Make(input, column, (in T key, ref uint value) =>
        {
            ulong raw = key switch { uint k => k, byte k => k, ushort k => k, ulong k => k, _ => 0 };
            value = raw <= count ? (uint)raw : 0;
        });
        if (mapped is ValueGetter<VBuffer<uint>> vector)
            return vector;
        var scalar = (ValueGetter<uint>)mapped;
        return (ref VBuffer<uint> destination) =>
        {
            VBufferEditor<uint> editor = VBufferEditor.Create(ref destination, 1);
            scalar(ref editor.Values[0]);
            destination = editor.Commit();
        };
    }
}
