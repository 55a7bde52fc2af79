using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Keys: stored from 1, 0 is missing. They are known by their values, or where the column has none by their numbers.</summary>
internal sealed class KeyLabel<T> : TypedLabel<T>
    where T : struct, IBinaryInteger<T>
{
    private readonly KeyValues _values;
    private readonly ulong _normal;

    public KeyLabel(DataViewSchema.Column column, string? normalLabel)
        : base(column, normalLabel)
    {
        _values = KeyValues.Of(column);
        _normal = normalLabel is null ? 1 : _values.Find(normalLabel) ?? Number(normalLabel) ?? throw Unknown(normalLabel);
    }

    public override string Normal => IsGiven ? Show(_normal) : _values.IsEmpty ? "the first key" : $"the first key, {Show(_normal)}";

    private ulong KeyCount => ((KeyDataViewType)Column.Type).Count;

    private ulong? Number(string text) =>
        _values.IsEmpty && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong key) && key >= 1 && key <= KeyCount ? key : null;

    private ArgumentException Unknown(string text) => new(
        $"{Option} '{text}' is no value of label column '{Column.Name}'. " +
        (_values.IsEmpty ? $"Its keys have no values; they are known by their numbers, 1 to {KeyCount}." : $"Its keys are {_values}."), Option);

    protected override RowLabel Tell(T value) =>
        T.IsZero(value) ? RowLabel.Missing : ulong.CreateTruncating(value) == _normal ? RowLabel.Normal : RowLabel.Anomaly;

    protected override string Show(T value) => Show(ulong.CreateTruncating(value));

    private string Show(ulong key) => _values.Show(key) ?? string.Create(CultureInfo.InvariantCulture, $"key {key}");
}
