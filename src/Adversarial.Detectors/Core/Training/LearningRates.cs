using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>How a learning rate changes over a phase.</summary>
internal static class LearningRates
{
    /// <summary>Sets the rate of a step: it falls by a line from <paramref name="rate"/> to a share of it at the phase's end.</summary>
    public static void FallByLine(this TrainingStep step, Adam adam, float rate, float finalShare) =>
        adam.Settings = adam.Settings with { LearningRate = (float)(rate * (1 - (1.0 - finalShare) * step.Progress)) };
}
