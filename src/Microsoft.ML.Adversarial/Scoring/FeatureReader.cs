using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Reads the features of one row after another; a row that is not as long as its type is refused, or it would keep values of the row before.</summary>
internal sealed class FeatureReader(AnomalyDetectorTransformer transformer, DataViewRow row, DataViewSchema.Column column)
{
    private const string Remedy =
        "Replace missing values (Transforms.ReplaceMissingValues) before scoring, or let the detector judge such rows (AnomalyDetection.ChangeMissingValueHandling).";

    private readonly ValueGetter<VBuffer<float>> _get = row.GetGetter<VBuffer<float>>(column);
    private readonly float[] _features = new float[transformer.Model.Columns];
    private VBuffer<float> _vector;

    /// <summary>The present row's features; they are valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The row cannot be scored; the message names row and column.</exception>
    public ReadOnlySpan<float> Read()
    {
        _get(ref _vector);
        RowLength.Require(column.Name, _features.Length, _vector.Length, row.Position);
        _vector.CopyTo(_features);
        if (transformer.MissingValueHandling == MissingValueHandling.Throw)
            FiniteRow.Require(column, _features, row.Position, Remedy);
        return _features;
    }
}
