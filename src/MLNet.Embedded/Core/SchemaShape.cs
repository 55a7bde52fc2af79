using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What is known of a schema before any data is read: names, kinds and item types, no sizes; visible columns only.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape _empty = new([]);

    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = columns.ToArray();
        if (_columns.Any(column => !column.IsValid))
            throw Errors.Param(nameof(columns), "Some items are not initialized properly.");
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var columns = new List<Column>();
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.IsHidden)
                continue;
            var annotations = new List<Column>();
            foreach (DataViewSchema.Column kind in column.Annotations.Schema)
                annotations.Add(CreateColumn(kind, null));
            columns.Add(CreateColumn(column, annotations.Count == 0 ? _empty : new SchemaShape(annotations)));
        }

        return new SchemaShape(columns);
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        if (string.IsNullOrEmpty(name))
            throw Errors.Param(nameof(name), $"{nameof(name)} cannot be null or empty");
        int index = Array.FindIndex(_columns, c => c.Name == name);
        column = index >= 0 ? _columns[index] : default;
        return index >= 0;
    }

    private static Column CreateColumn(DataViewSchema.Column column, SchemaShape annotations)
    {
        Column.VectorKind kind = column.Type switch
        {
            VectorDataViewType { IsKnownSize: true } => Column.VectorKind.Vector,
            VectorDataViewType => Column.VectorKind.VariableVector,
            _ => Column.VectorKind.Scalar,
        };
        DataViewType item = column.Type.GetItemType();
        // A key is described by the number type under it: its count is not part of a shape.
        bool isKey = item is KeyDataViewType;
        return new Column(column.Name, kind, isKey ? DataViewTypeExtensions.TryGetPrimitive(item.RawType) : item, isKey, annotations);
    }

    public struct Column
    {
        public readonly string Name;

        public readonly VectorKind Kind;

        public readonly DataViewType ItemType;

        public readonly bool IsKey;

        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Errors.CheckNonEmpty(name, nameof(name));
            ArgumentNullException.ThrowIfNull(itemType);
            Errors.CheckParam(itemType is not KeyDataViewType, nameof(itemType), "Item type cannot be a key");
            Errors.CheckParam(itemType is not VectorDataViewType, nameof(itemType), "Item type cannot be a vector");
            Errors.CheckParam(!isKey || KeyDataViewType.IsValidDataType(itemType.RawType), nameof(itemType),
                "The item type must be valid for a key");
            Name = name;
            Kind = vecKind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? _empty;
        }

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        internal bool IsValid => Name != null;

        /// <summary>Whether <paramref name="source"/> can stand where this column is required.</summary>
        internal bool IsCompatibleWith(Column source)
        {
            if (Name != source.Name || Kind != source.Kind || !ItemType.Equals(source.ItemType) || IsKey != source.IsKey)
                return false;
            foreach (Column annotation in Annotations)
            {
                if (!source.Annotations.TryFindColumn(annotation.Name, out Column found) || !annotation.IsCompatibleWith(found))
                    return false;
            }

            return true;
        }

        internal string GetTypeString()
        {
            string item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch
            {
                VectorKind.Vector => $"Vector<{item}>",
                VectorKind.VariableVector => $"VarVector<{item}>",
                _ => item,
            };
        }
    }
}
