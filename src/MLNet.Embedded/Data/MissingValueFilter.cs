using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Rows without a missing value in the given columns: no NaN, no missing key.</summary>
internal sealed class MissingValueFilter : FilterDataView
{
    private readonly int[] _columns;

    internal MissingValueFilter(IDataView input, string[] names) : base(input)
    {
        _columns = Array.ConvertAll(names, name =>
        {
            DataViewSchema.Column column = input.Schema.GetColumnOrNull(name)
                ?? throw Errors.Param("Columns", $"Source column '{name}' not found");
            if (TestOf(column.Type.GetItemType()) == null)
            {
                throw Errors.Param("Columns",
                    $"Column '{name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
            }

            return column.Index;
        });
    }

    protected override IEnumerable<int> TestedColumns => _columns;

    protected override Func<RowVerdict> MakeTest(DataViewRow row)
    {
        Func<bool>[] missing = Array.ConvertAll(_columns, index => MakeTest(row, Schema[index]));
        return () =>
        {
            foreach (Func<bool> isMissing in missing)
            {
                if (isMissing())
                    return RowVerdict.Drop;
            }

            return RowVerdict.Keep;
        };
    }

    private static Func<bool> MakeTest(DataViewRow row, DataViewSchema.Column column)
    {
        bool isVector = column.Type is VectorDataViewType;
        return TestOf(column.Type.GetItemType()) switch
        {
            Predicate<float> test => MakeTest(row, column, isVector, test),
            Predicate<double> test => MakeTest(row, column, isVector, test),
            Predicate<byte> test => MakeTest(row, column, isVector, test),
            Predicate<ushort> test => MakeTest(row, column, isVector, test),
            Predicate<uint> test => MakeTest(row, column, isVector, test),
            Delegate test => MakeTest(row, column, isVector, (Predicate<ulong>)test),
        };
    }

    private static Func<bool> MakeTest<T>(DataViewRow row, DataViewSchema.Column column, bool isVector, Predicate<T> isMissing)
    {
        if (!isVector)
        {
            ValueGetter<T> getScalar = row.GetGetter<T>(column);
            T scalar = default;
            return () =>
            {
                getScalar(ref scalar);
                return isMissing(scalar);
            };
        }

        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            get(ref vector);
            foreach (T value in vector.GetValues())
            {
                if (isMissing(value))
                    return true;
            }

            // The values that a sparse vector leaves out are defaults, and the default of a key is missing.
            return !vector.IsDense && isMissing(default);
        };
    }

    private static Delegate TestOf(DataViewType item)
    {
        if (item.RawType == typeof(float))
            return (Predicate<float>)float.IsNaN;
        if (item.RawType == typeof(double))
            return (Predicate<double>)double.IsNaN;
        if (item is not KeyDataViewType)
            return null;
        return Type.GetTypeCode(item.RawType) switch
        {
            TypeCode.Byte => (Predicate<byte>)(key => key == 0),
            TypeCode.UInt16 => (Predicate<ushort>)(key => key == 0),
            TypeCode.UInt32 => (Predicate<uint>)(key => key == 0),
            _ => (Predicate<ulong>)(key => key == 0),
        };
    }
}
