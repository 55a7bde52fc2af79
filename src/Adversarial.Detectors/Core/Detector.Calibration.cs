namespace Adversarial.Detectors;

/// <content>What scores mean, by those of normal rows that were held out.</content>
public abstract partial class Detector
{
    /// <summary>
    /// Scores of the normal rows that were held out of training, ascending; empty where none were. Of more than 10,000 the highest 5,000 and 5,000
    /// even quantiles of the others are kept. They are saved with the model.
    /// </summary>
    public ReadOnlyMemory<float> CalibrationScores => _reference?.Kept ?? default;

    /// <summary>
    /// How rare a score is among normal rows: the share of new normal rows that score that high, by the held-out ones. It is
    /// (1 + number of held-out scores that are at least this one) / (1 + number of held-out scores): over draws of rows, a new normal row's rate
    /// is at most a with a probability of at most a.
    /// </summary>
    /// <param name="score">A score of this detector.</param>
    /// <returns>The rate, in (0, 1]: lower for higher scores, never below 1 / (1 + number of held-out rows); NaN where the score is NaN.</returns>
    /// <exception cref="InvalidOperationException">The detector is not fitted, or no rows were held out.</exception>
    public float FalseAlarmRateOf(float score)
    {
        _ = Scaling;
        return (_reference ?? throw new InvalidOperationException(
            $"No rows were held out when the detector was trained: set option {nameof(DetectorOptions.CalibrationShare)} or {nameof(DetectorOptions.FalseAlarmRate)} before training."))
            .RateOf(score);
    }

    private void SetReference(float[] heldOut)
    {
        _reference = null;
        if (heldOut.Length == 0)
            return;
        if (!Array.TrueForAll(heldOut, float.IsFinite))
        {
            throw new TrainingDivergedException(
                $"Scores of held-out rows are not finite. Set option {nameof(DetectorOptions.CalibrationShare)} to 0, or take extreme values out of the training rows.");
        }

        _reference = ReferenceScores.Of(heldOut);
    }
}
