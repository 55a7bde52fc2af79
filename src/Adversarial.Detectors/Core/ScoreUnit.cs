using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>Mean and standard deviation of a score over training rows: what makes different scores comparable.</summary>
internal readonly record struct ScoreUnit(float Mean, float Deviation)
{
    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public const int Length = 2 * sizeof(float);

    /// <summary>Leaves scores as they are.</summary>
    public static ScoreUnit One { get; } = new(0, 1);

    /// <exception cref="TrainingDivergedException">A score is not finite.</exception>
    public static ScoreUnit Of(float[] scores)
    {
        double mean = scores.Average(score => (double)score);
        double variance = scores.Average(score => (score - mean) * (score - mean));
        if (!double.IsFinite(mean) || !double.IsFinite(variance))
            throw new TrainingDivergedException("Scores of training rows are not finite.");

        // Rows that are all equal score alike: any unit will do.
        return new ScoreUnit((float)mean, variance > 0 ? (float)Math.Sqrt(variance) : 1);
    }

    /// <summary>Weight times scores, in deviations from the mean.</summary>
    public Tensor Apply(Tensor scores, float weight = 1) => Functions.Affine(scores, weight / Deviation, -weight * Mean / Deviation);

    public void Save(BinaryWriter writer)
    {
        writer.Write(Mean);
        writer.Write(Deviation);
    }

    /// <exception cref="FormatException">A number is not finite, or the deviation not above 0.</exception>
    public static ScoreUnit Load(BinaryReader reader, string whose) =>
        new(reader.ReadFinite($"The mean score of {whose}"), reader.ReadPositive($"The deviation of the scores of {whose}"));
}
