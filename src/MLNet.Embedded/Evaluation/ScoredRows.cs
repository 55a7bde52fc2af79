using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of a scored view that an evaluator can use: label known, score finite.</summary>
internal static class ScoredRows
{
    internal static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{name} column '{role}' not found");

    internal static void CheckScore(DataViewSchema.Column column)
    {
        if (!column.Type.Equals(NumberDataViewType.Single))
            throw Errors.SchemaMismatch("schema", "score", column.Name, "Single", column.Type.ToString());
    }

    /// <summary>Calls <paramref name="use"/> with (label, score); NaN labels stand for missing ones.</summary>
    internal static void ForEach(DataViewRowCursor cursor, DataViewSchema.Column label, DataViewSchema.Column score,
        Action<float, float> use)
    {
        ValueGetter<float> getLabel = LabelGetter(cursor, label);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        float labelValue = 0;
        float scoreValue = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref labelValue);
            getScore(ref scoreValue);
            if (!float.IsNaN(labelValue) && float.IsFinite(scoreValue))
                use(labelValue, scoreValue);
        }
    }

    private static ValueGetter<float> LabelGetter(DataViewRow row, DataViewSchema.Column label)
    {
        Type raw = label.Type.RawType;
        if (label.Type is KeyDataViewType)
        {
            if (raw == typeof(byte))
                return Convert<byte>(row, label, KeyToLabel);
            if (raw == typeof(ushort))
                return Convert<ushort>(row, label, KeyToLabel);
            if (raw == typeof(ulong))
                return Convert<ulong>(row, label, KeyToLabel);
            return Convert<uint>(row, label, KeyToLabel);
        }
        if (raw == typeof(bool))
            return Convert<bool>(row, label, value => value ? 1 : 0);
        if (raw == typeof(double))
            return Convert<double>(row, label, value => (float)value);
        return row.GetGetter<float>(label);
    }

    private static float KeyToLabel<T>(T key) where T : System.Numerics.INumber<T> => T.IsZero(key) ? float.NaN : key == T.One ? 0 : 1;

    private static ValueGetter<float> Convert<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> map)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return (ref float destination) =>
        {
            get(ref value);
            destination = map(value);
        };
    }
}
