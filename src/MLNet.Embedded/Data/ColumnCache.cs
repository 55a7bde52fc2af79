using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The values of one column, appended row by row and read by row number.</summary>
internal abstract class ColumnCache
{
    private static readonly MethodInfo _scalar = Method(nameof(CreateScalar));
    private static readonly MethodInfo _vector = Method(nameof(CreateVector));

    private protected ColumnCache(int index) => Index = index;

    internal int Index { get; }

    internal static ColumnCache Create(DataViewRow row, DataViewSchema.Column column)
    {
        MethodInfo create = column.Type is VectorDataViewType vector
            ? _vector.MakeGenericMethod(vector.ItemType.RawType)
            : _scalar.MakeGenericMethod(column.Type.RawType);
        return (ColumnCache)create.Invoke(null, [row, column]);
    }

    /// <summary>Appends the value of the row on which the source stands.</summary>
    internal abstract void Append();

    internal abstract Delegate GetGetter(Func<int> row);

    private static MethodInfo Method(string name) => typeof(ColumnCache).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);

    private static ColumnCache CreateScalar<T>(DataViewRow row, DataViewSchema.Column column) =>
        new Scalar<T>(column.Index, row.GetGetter<T>(column));

    private static ColumnCache CreateVector<T>(DataViewRow row, DataViewSchema.Column column) =>
        new Vector<T>(column.Index, row.GetGetter<VBuffer<T>>(column));

    private sealed class Scalar<T>(int index, ValueGetter<T> source) : ColumnCache(index)
    {
        private readonly BlockList<T> _values = new();

        internal override void Append()
        {
            T value = default;
            source(ref value);
            _values.Add(value);
        }

        internal override Delegate GetGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = _values[row()]);
    }

    /// <summary>All vectors back to back in a few large arrays: no array for each row.</summary>
    private sealed class Vector<T>(int index, ValueGetter<VBuffer<T>> source) : ColumnCache(index)
    {
        private readonly BlockList<Extent> _rows = new();
        private readonly BlockList<T> _values = new();
        private readonly BlockList<int> _indices = new();
        private VBuffer<T> _buffer;

        internal override void Append()
        {
            source(ref _buffer);
            ReadOnlySpan<T> values = _buffer.GetValues();
            _rows.Add(new Extent(_buffer.Length, values.Length, _values.Add(values), _indices.Add(_buffer.GetIndices())));
        }

        internal override Delegate GetGetter(Func<int> row) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            Extent extent = _rows[row()];
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, extent.Length, extent.Count);
            _values.GetSpan(extent.Values, extent.Count).CopyTo(editor.Values);
            if (extent.Count < extent.Length)
                _indices.GetSpan(extent.Indices, extent.Count).CopyTo(editor.Indices);
            value = editor.Commit();
        });

        private readonly record struct Extent(int Length, int Count, long Values, long Indices);
    }
}
