using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Rows whose number lies in [lower, upper); NaN never does.</summary>
internal sealed class RangeFilter : FilterDataView
{
    private readonly DataViewSchema.Column _column;
    private readonly double _lower;
    private readonly double _upper;

    internal RangeFilter(IDataView input, DataViewSchema.Column column, double lower, double upper) : base(input)
    {
        Errors.CheckParam(lower < upper, "upperBound", "Must be less than lowerBound");
        Errors.CheckParam(column.Type.RawType == typeof(float) || column.Type.RawType == typeof(double), "Column",
            $"Column '{column.Name}' does not have compatible type");
        _column = column;
        _lower = lower;
        _upper = upper;
    }

    protected override IEnumerable<int> TestedColumns => [_column.Index];

    protected override Func<RowVerdict> MakeTest(DataViewRow row) =>
        _column.Type.RawType == typeof(float) ? MakeTest<float>(row) : MakeTest<double>(row);

    private Func<RowVerdict> MakeTest<T>(DataViewRow row)
        where T : struct, INumber<T>
    {
        ValueGetter<T> get = row.GetGetter<T>(_column);
        T value = default;
        return () =>
        {
            get(ref value);
            double number = double.CreateTruncating(value);
            return number >= _lower && number < _upper ? RowVerdict.Keep : RowVerdict.Drop;
        };
    }
}
