using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>True and false.</summary>
internal sealed class BooleanLabel(DataViewSchema.Column column, string? normalLabel) : TypedLabel<bool>(column, normalLabel)
{
    private readonly bool _normal = normalLabel is not null && (bool.TryParse(normalLabel, out bool value)
        ? value
        : throw new ArgumentException($"{Option} '{normalLabel}' is no value of label column '{column.Name}', which is Boolean: true or false.", Option));

    public override string Normal => Show(_normal);

    protected override RowLabel Tell(bool value) => value == _normal ? RowLabel.Normal : RowLabel.Anomaly;

    protected override string Show(bool value) => value ? "true" : "false";
}
