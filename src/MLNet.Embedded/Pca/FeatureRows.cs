using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>One pass over the training rows; rows with a missing or infinite feature, or without a weight, are left out.</summary>
internal static class FeatureRows
{
    internal delegate void RowAction(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, double weight);

    internal static (long Used, long Skipped) ForEach(IDataView data, DataViewSchema.Column feature, DataViewSchema.Column? weight,
        RowAction action)
    {
        long used = 0;
        long skipped = 0;
        IEnumerable<DataViewSchema.Column> columns = weight.HasValue ? [feature, weight.Value] : [feature];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(feature);
        ValueGetter<float> getWeight = weight.HasValue ? cursor.GetGetter<float>(weight.Value) : null;
        int dimension = feature.Type.GetVectorSize();
        VBuffer<float> features = default;
        float rowWeight = 1;
        while (cursor.MoveNext())
        {
            getFeatures(ref features);
            getWeight?.Invoke(ref rowWeight);
            if (features.Length != dimension)
                throw new InvalidOperationException($"The feature vector has {features.Length} values where its type says {dimension}");
            if (!float.IsFinite(rowWeight) || !AllFinite(features.GetValues()))
            {
                skipped++;
                continue;
            }
            used++;
            action(features.GetValues(), features.GetIndices(), rowWeight);
        }
        return (used, skipped);
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
