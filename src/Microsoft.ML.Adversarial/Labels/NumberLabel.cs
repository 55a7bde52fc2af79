using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Numbers; NaN is missing.</summary>
internal sealed class NumberLabel<T>(DataViewSchema.Column column, string? normalLabel) : TypedLabel<T>(column, normalLabel)
    where T : struct, INumberBase<T>
{
    private readonly T _normal = normalLabel is null ? T.Zero : Parse(column, normalLabel);

    public override string Normal => Show(_normal);

    private static T Parse(DataViewSchema.Column column, string text) =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && !T.IsNaN(value)
            ? value
            : throw new ArgumentException($"{Option} '{text}' is no value of label column '{column.Name}', which holds numbers ({column.Type}).", Option);

    protected override RowLabel Tell(T value) => T.IsNaN(value) ? RowLabel.Missing : value == _normal ? RowLabel.Normal : RowLabel.Anomaly;

    protected override string Show(T value) => value.ToString(null, CultureInfo.InvariantCulture);
}
