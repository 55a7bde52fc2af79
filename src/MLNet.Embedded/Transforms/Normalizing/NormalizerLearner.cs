using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Watches a column row by row and makes a normalizer of what it saw.</summary>
internal abstract class NormalizerLearner
{
    internal abstract void ProcessRow();

    internal abstract NormalizerColumn Finish();

    internal static NormalizerLearner Create(DataViewRow row, DataViewSchema.Column column, NormalizerOptions options) =>
        column.Type.GetItemType().RawType == typeof(double)
            ? Create<double>(row, column, options)
            : Create<float>(row, column, options);

    private static NormalizerLearner Create<T>(DataViewRow row, DataViewSchema.Column column, NormalizerOptions options)
        where T : struct, IFloatingPointIeee754<T> =>
        options.Kind == NormalizerKind.MinMax
            ? new MinMaxLearner<T>(row, column, options)
            : new MeanVarianceLearner<T>(row, column, options);
}

/// <summary>Hands the values to a statistic for each slot; zeros that a sparse row leaves out are handed over at the end.</summary>
internal abstract class NormalizerLearner<T> : NormalizerLearner
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly ValueGetter<T> _getScalar;
    private readonly ValueGetter<VBuffer<T>> _getVector;
    private readonly long[] _explicit;
    private VBuffer<T> _vector;
    private long _rows;

    protected NormalizerLearner(DataViewRow row, DataViewSchema.Column column)
    {
        Size = column.Type.GetValueCount();
        IsVector = column.Type is VectorDataViewType;
        _explicit = new long[Size];
        if (IsVector)
            _getVector = row.GetGetter<VBuffer<T>>(column);
        else
            _getScalar = row.GetGetter<T>(column);
    }

    protected int Size { get; }

    protected bool IsVector { get; }

    internal sealed override void ProcessRow()
    {
        _rows++;
        if (!IsVector)
        {
            T value = default;
            _getScalar(ref value);
            AddCounted(0, value);
            return;
        }

        _getVector(ref _vector);
        NormalizerColumn.CheckLength(_vector.Length, Size);
        ReadOnlySpan<T> values = _vector.GetValues();
        ReadOnlySpan<int> indices = _vector.GetIndices();
        for (int i = 0; i < values.Length; i++)
            AddCounted(_vector.IsDense ? i : indices[i], values[i]);
    }

    internal sealed override NormalizerColumn Finish()
    {
        for (int slot = 0; slot < Size; slot++)
        {
            if (_rows > _explicit[slot])
                AddZeros(slot, _rows - _explicit[slot]);
        }
        return MakeColumn();
    }

    protected abstract void Add(int slot, T value);

    protected abstract void AddZeros(int slot, long count);

    protected abstract NormalizerColumn MakeColumn();

    private void AddCounted(int slot, T value)
    {
        _explicit[slot]++;
        Add(slot, value);
    }
}
