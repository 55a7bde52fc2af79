using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The values of one column for a fixed number of rows, whose arrays are used over and over.</summary>
internal abstract class PoolColumn
{
    internal static PoolColumn Create(DataViewRow row, DataViewSchema.Column column, int size)
    {
        bool isVector = column.Type is VectorDataViewType;
        string name = isVector ? nameof(Vector) : nameof(Scalar);
        MethodInfo create = typeof(PoolColumn).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);
        return (PoolColumn)create.MakeGenericMethod(column.Type.GetItemType().RawType).Invoke(null, [row, column, size]);
    }

    internal abstract void Read(int slot);

    internal abstract void Move(int from, int to);

    internal abstract Delegate GetGetter(Func<int> slot);

    private static Pool<T> Scalar<T>(DataViewRow row, DataViewSchema.Column column, int size) =>
        new(row.GetGetter<T>(column), size, (in T from, ref T to) => to = from);

    private static Pool<VBuffer<T>> Vector<T>(DataViewRow row, DataViewSchema.Column column, int size) =>
        new(row.GetGetter<VBuffer<T>>(column), size, (in VBuffer<T> from, ref VBuffer<T> to) => from.CopyTo(ref to));

    private delegate void Copy<T>(in T from, ref T to);

    private sealed class Pool<T>(ValueGetter<T> source, int size, Copy<T> copy) : PoolColumn
    {
        private readonly T[] _values = new T[size];

        internal override void Read(int slot) => source(ref _values[slot]);

        // Swapped, not copied: each slot keeps arrays of its own.
        internal override void Move(int from, int to) => (_values[from], _values[to]) = (_values[to], _values[from]);

        internal override Delegate GetGetter(Func<int> slot) => (ValueGetter<T>)((ref T value) => copy(_values[slot()], ref value));
    }
}
