using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>One part of a training: how long it goes on and what one step does.</summary>
/// <param name="Name">Shown in progress reports.</param>
/// <param name="NumberOfEpochs">Passes over all rows, at least 0.</param>
/// <param name="Step">One update on one batch.</param>
/// <param name="Optimizers">What <paramref name="Step"/> updates with: a checkpoint keeps their state.</param>
public sealed record TrainingPhase(string Name, int NumberOfEpochs, Action<TrainingStep> Step, params IReadOnlyList<Optimizer> Optimizers)
{
    /// <summary>Steps after which the phase ends although rows or epochs are left; null sets no bound.</summary>
    public int? NumberOfSteps { get; init; }

    /// <summary>Averages of weights that are updated after each step and put in the weights' place at the phase's end.</summary>
    public IReadOnlyList<ExponentialAverage> Averages { get; init; } = [];

    /// <summary>Ends the phase when a measure no longer grows, and keeps the best weights; null trains all epochs and keeps the last.</summary>
    public EarlyStopping? EarlyStopping { get; init; }
}

/// <summary>Stops a phase early by a measure that is taken after each epoch.</summary>
/// <param name="Measure">Higher is better.</param>
/// <param name="Patience">Epochs without a new best value after which the phase ends, at least 1.</param>
/// <param name="Networks">What is kept as it was at the best value.</param>
public sealed record EarlyStopping(Func<double> Measure, int Patience, IReadOnlyList<Network> Networks);
