using System.Numerics;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Finds the values that replace the missing ones of a column: one for each slot, or one for all.</summary>
internal abstract class ReplacementLearner
{
    internal static ReplacementLearner Create(DataViewRow row, DataViewSchema.Column column,
        MissingValueReplacingEstimator.ReplacementMode mode, bool bySlot) =>
        column.Type.GetItemType().RawType == typeof(double)
            ? new Learner<double>(row, column, mode, bySlot)
            : new Learner<float>(row, column, mode, bySlot);

    internal abstract void ProcessRow();

    internal abstract Replacement Finish();

    private sealed class Learner<T> : ReplacementLearner
        where T : struct, IFloatingPointIeee754<T>
    {
        private readonly ValueGetter<T> _getScalar;
        private readonly ValueGetter<VBuffer<T>> _getVector;
        private readonly ReplacementStatistic<T>[] _statistics;
        private T[] _values = new T[1];
        private VBuffer<T> _vector;

        internal Learner(DataViewRow row, DataViewSchema.Column column, MissingValueReplacingEstimator.ReplacementMode mode, bool bySlot)
        {
            // Slots cannot be told apart where their number varies.
            int size = bySlot ? Math.Max(1, column.Type.GetValueCount()) : 1;
            _statistics = new ReplacementStatistic<T>[size];
            for (int i = 0; i < size; i++)
                _statistics[i] = new ReplacementStatistic<T>(mode);
            if (column.Type is VectorDataViewType)
                _getVector = row.GetGetter<VBuffer<T>>(column);
            else
                _getScalar = row.GetGetter<T>(column);
        }

        internal override void ProcessRow()
        {
            int count = 1;
            if (_getScalar != null)
            {
                _getScalar(ref _values[0]);
            }
            else
            {
                _getVector(ref _vector);
                count = _vector.Length;
                if (_values.Length < count)
                    _values = new T[count];
                _vector.CopyTo(_values);
            }
            for (int i = 0; i < count; i++)
                _statistics[_statistics.Length == 1 ? 0 : i].Add(_values[i]);
        }

        internal override Replacement Finish() => new Replacement<T>(Array.ConvertAll(_statistics, statistic => statistic.Value));
    }
}
