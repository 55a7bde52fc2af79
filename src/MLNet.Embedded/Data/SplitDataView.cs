using System.Globalization;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// The rows whose random number lies within a range, or outside it. The number hangs on the seed and on the row's place in the
/// input, or on its group, so that every pass sees the same rows and parts of one split fit together.
/// </summary>
internal sealed class SplitDataView : FilterDataView
{
    private readonly int _groupColumn = -1;
    private readonly ulong _seed;
    private readonly double _lower;
    private readonly double _upper;
    private readonly bool _outside;

    internal SplitDataView(IDataView input, string groupColumnName, ulong seed, double lower, double upper, bool outside) : base(input)
    {
        _seed = seed;
        _lower = lower;
        _upper = upper;
        _outside = outside;
        if (groupColumnName != null && !input.Schema.TryGetColumnIndex(groupColumnName, out _groupColumn))
            throw Errors.ColumnNotFound("samplingKeyColumn", "SamplingKeyColumn", groupColumnName);
    }

    // A shuffled input would give the rows other places, and with them other parts.
    public override bool CanShuffle => false;

    protected override IEnumerable<int> TestedColumns => _groupColumn >= 0 ? [_groupColumn] : [];

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    protected override Func<RowVerdict> MakeTest(DataViewRow row)
    {
        Func<ulong> item = _groupColumn >= 0 ? GroupOf(row, Schema[_groupColumn]) : Counter();
        return () =>
        {
            double number = RandomUtils.Uniform(_seed, item());
            bool inside = number >= _lower && number < _upper;
            return inside != _outside ? RowVerdict.Keep : RowVerdict.Drop;
        };
    }

    private static Func<ulong> Counter()
    {
        ulong next = 0;
        return () => next++;
    }

    private static Func<ulong> GroupOf(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
            return GroupOf<ReadOnlyMemory<char>>(row, column, text => Hash(text.Span));
        Errors.CheckParam(column.Type is PrimitiveDataViewType, "samplingKeyColumn", $"Column '{column.Name}' must not be a vector");
        return (Func<ulong>)typeof(SplitDataView).GetMethod(nameof(GroupOfValue), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column]);
    }

    private static Func<ulong> GroupOfValue<T>(DataViewRow row, DataViewSchema.Column column) =>
        GroupOf<T>(row, column, value => Hash(Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static Func<ulong> GroupOf<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> hash)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return hash(value);
        };
    }

    /// <summary>The same on every run, unlike the hash of the run time.</summary>
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
