using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>The mean of one loss over the steps since the last report.</summary>
/// <param name="Name">What the loss trains, for example "alarm".</param>
/// <param name="Value">The mean.</param>
public readonly record struct NamedLoss(string Name, double Value);

/// <summary>How far a fit is.</summary>
public sealed record TrainingProgress
{
    /// <summary>Name of the phase, for example "autoencoder".</summary>
    public required string Phase { get; init; }

    /// <summary>Epochs begun in this phase, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs of this phase.</summary>
    public required int NumberOfEpochs { get; init; }

    /// <summary>Steps done in all phases.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of all phases.</summary>
    public required long NumberOfSteps { get; init; }

    /// <summary>0 is the first run; 1 and 2 are restarts after a run diverged or collapsed.</summary>
    public required int Attempt { get; init; }

    /// <summary>Mean losses since the last report.</summary>
    public required IReadOnlyList<NamedLoss> Losses { get; init; }

    /// <summary>Time since the fit began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How long training will go on at most, by the pace of the steps done; null before there are enough of them. Phases that have not begun
    /// are taken to be as fast as the present one, and early stopping may end sooner.
    /// </summary>
    public TimeSpan? EstimatedRemaining { get; init; }

    /// <summary>True for the report that ends an epoch.</summary>
    public required bool EndOfEpoch { get; init; }

    /// <summary>What went wrong since the last report without ending the fit, for example a checkpoint that could not be written; or null.</summary>
    public string? Warning { get; init; }

    /// <summary>Why this attempt began anew, or null.</summary>
    public string? RestartReason { get; init; }

    /// <summary>Share of the steps done, in [0, 1]; it never decreases within an attempt.</summary>
    public double Fraction => NumberOfSteps == 0 ? 1 : (double)Step / NumberOfSteps;

    /// <summary>One line, independent of culture: "alarm: epoch 3 of 20, 1.5 s, generator 0.6931, critic 0.25", or why the training began anew, or a warning that belongs to no epoch.</summary>
    public override string ToString()
    {
        if (RestartReason is not null)
            return $"Training begins anew with another seed (attempt {Attempt + 1}): {RestartReason}";
        if (Epoch == 0 && Warning is not null)
            return Warning;
        IEnumerable<string> losses = Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $", {loss.Name} {loss.Value:G4}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Phase}: epoch {Epoch} of {NumberOfEpochs}, {Elapsed.TotalSeconds:F1} s{string.Concat(losses)}");
    }

    internal static TrainingProgress Restart(int attempt, string reason) => Between("restart", attempt) with { RestartReason = reason };

    /// <summary>What went wrong, or is to be known, when all steps were done.</summary>
    internal static TrainingProgress Done(int attempt, string warning) => Between("end", attempt) with { Step = 1, Warning = warning };

    /// <summary>What is to be known before the first step.</summary>
    internal static TrainingProgress Note(string warning) => Between("begin", 0) with { Warning = warning };

    // A report that belongs to no step.
    private static TrainingProgress Between(string phase, int attempt) => new()
    {
        Phase = phase,
        Epoch = 0,
        NumberOfEpochs = 0,
        Step = 0,
        NumberOfSteps = 1,
        Attempt = attempt,
        Losses = [],
        Elapsed = TimeSpan.Zero,
        EndOfEpoch = false,
    };
}
