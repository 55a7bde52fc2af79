using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Targets of ARN's discriminator: near 1 for real rows, near 0 for generated ones, and some of them exchanged.</summary>
internal sealed class ArnLabels
{
    private float[] _labels = [];
    private float[] _draws = [];

    /// <summary>
    /// A column of labels for <paramref name="rows"/> real or generated rows: uniform within <paramref name="noise"/> of the truth, each
    /// exchanged (y to 1 - y) with probability <paramref name="noise"/>.
    /// </summary>
    public Tensor Draw(TrainingStep step, int rows, bool real, float noise)
    {
        if (_labels.Length < rows)
        {
            _labels = new float[rows];
            _draws = new float[rows];
        }

        Span<float> labels = _labels.AsSpan(0, rows);
        Span<float> draws = _draws.AsSpan(0, rows);
        RandomFill.Uniform(step.Noise.Next(), 0, labels, 0, noise);
        RandomFill.Uniform(step.Noise.Next(), 0, draws, 0, 1);
        for (int i = 0; i < rows; i++)
        {
            bool towardsOne = real != draws[i] < noise;
            labels[i] = towardsOne ? 1 - labels[i] : labels[i];
        }

        return step.Tape.Constant(labels, rows, 1);
    }
}
