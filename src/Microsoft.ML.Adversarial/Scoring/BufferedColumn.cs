using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Values of one input column for a block of rows: the cursor below is already behind the row that a reader looks at.</summary>
internal abstract class BufferedColumn
{
    /// <summary>Takes the value of the input's present row to a place in the block.</summary>
    public abstract void Fetch(int index);

    /// <summary>A getter of the value at the place that <paramref name="index"/> tells.</summary>
    public abstract Delegate CreateGetter(Func<int> index);

    /// <summary>A buffer for a column of any type.</summary>
    public static BufferedColumn Create(DataViewRow row, DataViewSchema.Column column, int capacity)
    {
        Type raw = column.Type.RawType;
        Type buffer = column.Type is VectorDataViewType vector
            ? typeof(BufferedVector<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(BufferedValue<>).MakeGenericType(raw);
        return (BufferedColumn)Activator.CreateInstance(buffer, row, column, capacity)!;
    }
}

internal sealed class BufferedValue<T>(DataViewRow row, DataViewSchema.Column column, int capacity) : BufferedColumn
{
    private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
    private readonly T[] _values = new T[capacity];

    public override void Fetch(int index) => _getter(ref _values[index]);

    public override Delegate CreateGetter(Func<int> index) => (ValueGetter<T>)((ref T value) => value = _values[index()]);
}

internal sealed class BufferedVector<T>(DataViewRow row, DataViewSchema.Column column, int capacity) : BufferedColumn
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
    private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

    public override void Fetch(int index) => _getter(ref _values[index]);

    // The reader owns what it gets, so the buffer's arrays are copied, not shared.
    public override Delegate CreateGetter(Func<int> index) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[index()].CopyTo(ref value));
}
