using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Texts, compared letter by letter; an empty one is missing, as it is for ML.NET's keys.</summary>
internal sealed class TextLabel(DataViewSchema.Column column, string? normalLabel) : TypedLabel<ReadOnlyMemory<char>>(column, normalLabel)
{
    private readonly string _normal = normalLabel ?? "";

    public override string Normal => $"'{_normal}'";

    protected override RowLabel Tell(ReadOnlyMemory<char> value) =>
        value.IsEmpty ? RowLabel.Missing : value.Span.SequenceEqual(_normal) ? RowLabel.Normal : RowLabel.Anomaly;

    protected override string Show(ReadOnlyMemory<char> value) => $"'{value}'";
}
