using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What checks ask of a column's type: the same for a schema and for a promised one.</summary>
/// <param name="Vector">Scalar, vector of known size or of varying size.</param>
/// <param name="Item">The type of the value, or of a vector's items.</param>
/// <param name="IsKey">Whether values are keys.</param>
/// <param name="Text">The type in ML.NET's words.</param>
internal sealed record ColumnKind(SchemaShape.Column.VectorKind Vector, DataViewType Item, bool IsKey, string Text)
{
    public bool IsVector => Vector != SchemaShape.Column.VectorKind.Scalar;

    public static ColumnKind Of(DataViewType type)
    {
        var vector = type as VectorDataViewType;
        DataViewType item = vector?.ItemType ?? type;
        return vector is { IsKnownSize: false }
            ? new ColumnKind(SchemaShape.Column.VectorKind.VariableVector, item, item is KeyDataViewType, $"VarVector<{item}>")
            : new ColumnKind(vector is null ? SchemaShape.Column.VectorKind.Scalar : SchemaShape.Column.VectorKind.Vector, item, item is KeyDataViewType, $"{type}");
    }

    /// <summary>A column of a promised schema; null if there is none of that name.</summary>
    public static ColumnKind? Find(SchemaShape schema, string name)
    {
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name != name)
                continue;
            string item = column.IsKey ? $"Key<{column.ItemType}>" : $"{column.ItemType}";
            return new ColumnKind(column.Kind, column.ItemType, column.IsKey, column.Kind switch
            {
                SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
                SchemaShape.Column.VectorKind.VariableVector => $"VarVector<{item}>",
                _ => item,
            });
        }

        return null;
    }
}
