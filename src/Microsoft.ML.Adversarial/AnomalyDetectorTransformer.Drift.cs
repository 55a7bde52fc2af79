using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <content>How far new rows are from those of training.</content>
public sealed partial class AnomalyDetectorTransformer
{
    /// <summary>
    /// How far new rows are from those that the detector was trained on: by its scores, and by each feature. Rows are read once and not kept. The model keeps what
    /// this takes of its training rows; no other data are needed.
    /// </summary>
    /// <param name="rows">New rows, as <see cref="Transform"/> takes them; hundreds say more than a few.</param>
    /// <returns>Distances with their p-values, the farthest features first, with their slots' names where they have any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of another type or size.</exception>
    /// <exception cref="InvalidOperationException">There are no rows without NaN and infinity, or the model was written by an earlier version.</exception>
    public DetectorDrift Drift(IDataView rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        IDataView scored = Transform(rows);
        var meter = new DriftMeter(Model, Threshold);
        DataViewSchema.Column features = scored.Schema[FeatureColumnName], score = scored.Schema[OwnColumn.ScoreName];
        using DataViewRowCursor cursor = scored.GetRowCursor([features, score]);
        var reader = new FeatureReader(this, cursor, features);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        while (cursor.MoveNext())
        {
            float value = 0;
            getScore(ref value);
            meter.Add(reader.Read(), value);
        }

        return meter.Result(OwnColumn.SlotNamesOf(features));
    }
}
