using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>A label column and which of its values is normal: labels are read here and nowhere else, in training and in evaluation.</summary>
internal abstract class LabelColumn(DataViewSchema.Column column, string? normalLabel)
{
    /// <summary>The option's name, for messages.</summary>
    public const string Option = nameof(IAnomalyDetectorColumns.NormalLabel);

    private const string Expected = "Boolean, a number, a key or text";
    private const int ShownValues = 10;

    // A column of more values than this holds numbers that are no labels: a list of some will do.
    private const int CountedValues = 1000;

    public DataViewSchema.Column Column { get; } = column;

    /// <summary>False where the value that is normal is assumed.</summary>
    public bool IsGiven { get; } = normalLabel is not null;

    /// <summary>The value that is normal, for messages.</summary>
    public abstract string Normal { get; }

    /// <summary>The label column of a view.</summary>
    /// <param name="data">The view; its rows are read only where an error lists the values.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="normalLabel">The value that is normal, as text; null or empty: false, 0 or the first key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a wrong type.</exception>
    /// <exception cref="ArgumentException"><paramref name="normalLabel"/> can be no value of the column, or is needed and missing.</exception>
    public static LabelColumn Find(IDataView data, string name, string? normalLabel)
    {
        DataViewSchema.Column column = data.Schema.GetColumnOrNull(name) ?? throw SchemaErrors.NotFound("label", name, data.Schema);
        string? given = string.IsNullOrEmpty(normalLabel) ? null : normalLabel;
        LabelColumn label = column.Type switch
        {
            BooleanDataViewType => new BooleanLabel(column, given),
            TextDataViewType => new TextLabel(column, given),
            KeyDataViewType => Create(typeof(KeyLabel<>), column, given),
            NumberDataViewType => Create(typeof(NumberLabel<>), column, given),
            _ => throw SchemaErrors.Mismatch("label", name, Expected, ColumnKind.Of(column.Type)),
        };
        return given is not null || column.Type is not TextDataViewType
            ? label
            : throw new ArgumentException($"Label column '{name}' is text: set {Option} to the value that is normal. The column holds {label.Values(data)}.", Option);
    }

    private static LabelColumn Create(Type type, DataViewSchema.Column column, string? normalLabel) => (LabelColumn)Activator.CreateInstance(
        type.MakeGenericType(column.Type.RawType), BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions, null, [column, normalLabel], null)!;

    /// <summary>The same check of a promised schema. Which value is normal can only be checked where rows are.</summary>
    public static void Check(SchemaShape schema, string name)
    {
        ColumnKind kind = ColumnKind.Find(schema, name) ?? throw SchemaErrors.NotFound("label", name, schema);
        if (kind.IsVector || !(kind.IsKey || kind.Item is BooleanDataViewType or NumberDataViewType or TextDataViewType))
            throw SchemaErrors.Mismatch("label", name, Expected, kind);
    }

    /// <summary>What the labels of a cursor's present row say.</summary>
    public abstract Func<RowLabel> Open(DataViewRow row);

    /// <summary>The value of a cursor's present row, as messages show it; null where it is missing.</summary>
    protected abstract Func<string?> OpenText(DataViewRow row);

    /// <summary>What the column holds, the most frequent first: "'ok' (95 rows), 'bad' (5 rows)".</summary>
    public string Values(IDataView data)
    {
        var counts = new Dictionary<string, long>();
        using (DataViewRowCursor cursor = data.GetRowCursor([Column]))
        {
            Func<string?> getText = OpenText(cursor);
            while (cursor.MoveNext())
            {
                string text = getText() ?? "missing";
                if (counts.TryGetValue(text, out long count) || counts.Count < CountedValues)
                    counts[text] = count + 1;
            }
        }

        IEnumerable<string> shown = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(ShownValues)
            .Select(pair => $"{pair.Key} ({pair.Value} {(pair.Value == 1 ? "row" : "rows")})");
        return counts.Count == 0 ? "no rows" : string.Join(", ", shown) + (counts.Count > ShownValues ? " and others" : "");
    }
}
