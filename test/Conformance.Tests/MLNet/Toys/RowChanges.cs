using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>What a broken toy does to the rows of a right transformer. Null leaves a thing as it is.</summary>
internal sealed record RowChanges
{
    public Func<DataViewRow, float, float>? Score { get; init; }

    public Func<float, bool, bool>? Label { get; init; }

    /// <summary>Changes the input's column Name on its way through.</summary>
    public Func<ReadOnlyMemory<char>, ReadOnlyMemory<char>>? Name { get; init; }

    /// <summary>Changes the input's column Features on its way through.</summary>
    public Func<VBuffer<float>, VBuffer<float>>? Features { get; init; }

    public Func<long, long>? Position { get; init; }

    public Func<DataViewRowId, DataViewRowId>? Id { get; init; }

    public bool ReadsAll { get; init; }

    public bool LeavesOpen { get; init; }

    /// <summary>The columns that the right transformer is asked for.</summary>
    public IEnumerable<DataViewSchema.Column> Needed(DataViewSchema schema, IReadOnlyList<DataViewSchema.Column> asked)
    {
        bool needsScore = Label is not null && asked.Any(column => column.Name == "PredictedLabel");
        return schema.Where(column => ReadsAll || asked.Any(other => other.Index == column.Index)
            || (needsScore && column.Name == "Score" && !column.IsHidden));
    }

    /// <summary>The changed getter of a column of <paramref name="row"/>.</summary>
    public ValueGetter<TValue> GetGetter<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        Delegate? changed = column.IsHidden ? null : column.Name switch
        {
            "Score" when Score is not null => Changed<float>(row, column, score => Score(row, score)),
            "PredictedLabel" when Label is not null => ChangedLabel(row, column, Label),
            "Name" when Name is not null => Changed(row, column, Name),
            "Features" when Features is not null => Changed(row, column, Features),
            _ => null,
        };
        return (ValueGetter<TValue>?)changed ?? row.GetGetter<TValue>(column);
    }

    public ValueGetter<DataViewRowId> GetIdGetter(DataViewRow row) => Changed(row.GetIdGetter(), Id ?? (id => id));

    private static ValueGetter<bool> ChangedLabel(DataViewRow row, DataViewSchema.Column column, Func<float, bool, bool> change)
    {
        ValueGetter<float> getScore = row.GetGetter<float>(row.Schema["Score"]);
        float score = 0;
        return Changed<bool>(row, column, label =>
        {
            getScore(ref score);
            return change(score, label);
        });
    }

    private static ValueGetter<T> Changed<T>(DataViewRow row, DataViewSchema.Column column, Func<T, T> change) => Changed(row.GetGetter<T>(column), change);

    private static ValueGetter<T> Changed<T>(ValueGetter<T> getter, Func<T, T> change) => (ref T value) =>
    {
        getter(ref value);
        value = change(value);
    };
}
