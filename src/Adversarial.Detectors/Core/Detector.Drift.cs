namespace Adversarial.Detectors;

/// <content>How far new rows are from those of training.</content>
public abstract partial class Detector
{
    /// <summary>How far new rows are from those that it was trained on, in their features and their scores.</summary>
    /// <param name="rows">New rows, at least one; hundreds say more.</param>
    /// <exception cref="ArgumentException">The rows have another number of features.</exception>
    /// <exception cref="InvalidOperationException">The detector is not fitted, its model was written by an earlier version, or no row is finite.</exception>
    public DetectorDrift Drift(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Columns != Columns)
            throw new ArgumentException($"The rows have {rows.Columns} features, and the detector has {Columns}.", nameof(rows));
        var meter = new DriftMeter(this, Threshold);
        float[] scores = Score(rows);
        for (int r = 0; r < rows.Rows; r++)
            meter.Add(rows[r], scores[r]);
        return meter.Result(names: null);
    }
}
