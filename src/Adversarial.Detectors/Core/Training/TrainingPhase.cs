using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>One part of a training: how long it goes on and what one step does.</summary>
/// <param name="Name">Shown in progress reports.</param>
/// <param name="NumberOfEpochs">Passes over all rows, at least 0.</param>
/// <param name="Step">One update on one batch.</param>
public sealed record TrainingPhase(string Name, int NumberOfEpochs, Action<TrainingStep> Step)
{
    /// <summary>Averages of weights that are updated after each step and put in the weights' place at the phase's end.</summary>
    public IReadOnlyList<ExponentialAverage> Averages { get; init; } = [];
}
