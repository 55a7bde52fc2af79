using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Scoring;

/// <summary>A column of a model's input: how its values are read from JSON and kept.</summary>
/// <param name="name">Its name in the schema, and the property of a row.</param>
/// <param name="type">Its type.</param>
/// <param name="annotations">What the schema says beside.</param>
internal abstract class InputColumn(string name, DataViewType type, DataViewSchema.Annotations annotations)
{
    public string Name => name;

    public DataViewType Type => type;

    public DataViewSchema.Annotations Annotations => annotations;

    /// <summary>What a row is to hold, in words.</summary>
    public abstract string Expected { get; }

    /// <summary>Room for the values of some rows.</summary>
    public abstract ColumnValues CreateValues(int capacity);

    /// <summary>The column of a schema.</summary>
    /// <exception cref="NotSupportedException">No value of JSON is of its type.</exception>
    public static InputColumn Of(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new InputColumn<ReadOnlyMemory<char>>(column, "a text", "".AsMemory(), (JsonElement value, out ReadOnlyMemory<char> text) =>
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString().AsMemory() : default;
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Null;
        }),
        BooleanDataViewType => new InputColumn<bool>(column, "true or false", false, (JsonElement value, out bool flag) =>
        {
            flag = value.ValueKind == JsonValueKind.True;
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        }),
        NumberDataViewType { RawType: var raw } when raw == typeof(float) => new InputColumn<float>(column, "a number, or null where it is missing", 0, Single),
        NumberDataViewType { RawType: var raw } when raw == typeof(double) => new InputColumn<double>(column, "a number, or null where it is missing", 0, (JsonElement value, out double number) =>
        {
            number = double.NaN;
            return value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number));
        }),
        NumberDataViewType { RawType: var raw } when raw == typeof(int) => new InputColumn<int>(column, "a whole number", 0, (JsonElement value, out int number) =>
        {
            number = 0;
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
        }),
        NumberDataViewType { RawType: var raw } when raw == typeof(long) => new InputColumn<long>(column, "a whole number", 0, (JsonElement value, out long number) =>
        {
            number = 0;
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number);
        }),
        VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType { RawType: var raw } } vector when raw == typeof(float) =>
            new InputColumn<VBuffer<float>>(column, $"a list of {vector.Size} numbers, null where one is missing", new VBuffer<float>(vector.Size, new float[vector.Size]), Vector(vector.Size)),
        _ => throw new NotSupportedException($"its column '{column.Name}' is of type {column.Type}, which rows of JSON cannot have here; numbers, Booleans, texts and vectors of floats they can."),
    };

    private static bool Single(JsonElement value, out float number)
    {
        number = float.NaN;
        return value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out number) && float.IsFinite(number));
    }

    private static TryRead<VBuffer<float>> Vector(int size) => (JsonElement value, out VBuffer<float> vector) =>
    {
        vector = default;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != size)
            return false;
        var numbers = new float[size];
        int i = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (!Single(item, out numbers[i++]))
                return false;
        }

        vector = new VBuffer<float>(size, numbers);
        return true;
    };
}

internal delegate bool TryRead<T>(JsonElement value, out T result);

internal sealed class InputColumn<T>(DataViewSchema.Column column, string expected, T neutral, TryRead<T> tryRead) : InputColumn(column.Name, column.Type, column.Annotations)
{
    public override string Expected => expected;

    /// <summary>The value of a row that only warms up.</summary>
    public T Neutral => neutral;

    public bool TryRead(JsonElement value, out T result) => tryRead(value, out result);

    public override ColumnValues CreateValues(int capacity) => new ColumnValues<T>(this, capacity);
}

/// <summary>The values of one column of a request.</summary>
internal abstract class ColumnValues
{
    /// <summary>Adds a row's value; false where it is not of the column's type.</summary>
    public abstract bool TryAdd(JsonElement value);

    /// <summary>Adds a value that stands for any.</summary>
    public abstract void AddDefault();

    /// <summary>Forgets all values.</summary>
    public abstract void Clear();

    /// <summary>Reads the value of a row; the delegate is a <see cref="ValueGetter{TValue}"/>.</summary>
    public abstract Delegate CreateGetter(Func<int> row);
}

internal sealed class ColumnValues<T>(InputColumn<T> column, int capacity) : ColumnValues
{
    private readonly List<T> _values = new(capacity);

    public override bool TryAdd(JsonElement value)
    {
        bool read = column.TryRead(value, out T result);
        if (read)
            _values.Add(result);
        return read;
    }

    public override void AddDefault() => _values.Add(column.Neutral);

    public override void Clear() => _values.Clear();

    public override Delegate CreateGetter(Func<int> row) => typeof(T) == typeof(VBuffer<float>)
        ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => ((VBuffer<float>)(object)_values[row()]!).CopyTo(ref value))
        : (ValueGetter<T>)((ref T value) => value = _values[row()]);
}
