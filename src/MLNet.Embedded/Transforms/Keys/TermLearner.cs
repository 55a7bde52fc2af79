namespace Microsoft.ML.Data;

/// <summary>Collects the distinct values of a column in one pass, up to a number of them.</summary>
internal abstract class TermLearner
{
    internal static TermLearner Create(DataViewRow row, DataViewSchema.Column column, int maximum)
    {
        Type type = column.Type.GetItemType().RawType;
        return GenericCall.Invoke<TermLearner>(typeof(TermLearner), null, nameof(CreateCore), [type], row, column, maximum);
    }

    internal abstract void ProcessRow();

    internal abstract TermMap Finish(bool sorted);

    private static TermLearner CreateCore<T>(DataViewRow row, DataViewSchema.Column column, int maximum) =>
        new Learner<T>(row, column, maximum);

    private sealed class Learner<T> : TermLearner
    {
        private readonly PrimitiveDataViewType _itemType;
        private readonly int _maximum;
        private readonly ValueGetter<T> _getScalar;
        private readonly ValueGetter<VBuffer<T>> _getVector;
        private readonly TermTable<T> _table = TermTable<T>.Create();
        private readonly bool _isKey;
        private T _scalar;
        private VBuffer<T> _vector;

        internal Learner(DataViewRow row, DataViewSchema.Column column, int maximum)
        {
            _itemType = (PrimitiveDataViewType)column.Type.GetItemType();
            _isKey = _itemType is KeyDataViewType;
            _maximum = maximum;
            if (column.Type is VectorDataViewType)
                _getVector = row.GetGetter<VBuffer<T>>(column);
            else
                _getScalar = row.GetGetter<T>(column);
        }

        internal override void ProcessRow()
        {
            if (_table.Count >= _maximum)
                return;
            if (_getScalar != null)
            {
                _getScalar(ref _scalar);
                Add(_scalar);
                return;
            }

            _getVector(ref _vector);
            ReadOnlySpan<T> values = _vector.GetValues();
            ReadOnlySpan<int> indices = _vector.GetIndices();
            int next = 0;
            for (int i = 0; i < values.Length; i++)
            {
                int slot = _vector.IsDense ? i : indices[i];
                if (slot > next)
                    Add(default);
                Add(values[i]);
                next = slot + 1;
            }
            if (next < _vector.Length)
                Add(default);
        }

        internal override TermMap Finish(bool sorted) => new TermMap<T>(_itemType, _table.ToArray(sorted));

        private void Add(T value)
        {
            // The stored 0 of a key is "missing", not a value.
            if (_table.Count < _maximum && !(_isKey && MappedGetters.IsDefault(value)))
                _table.TryAdd(value);
        }
    }
}
