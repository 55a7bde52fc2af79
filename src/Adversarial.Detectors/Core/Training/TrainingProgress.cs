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

    /// <summary>True for the report that ends an epoch.</summary>
    public required bool EndOfEpoch { get; init; }

    /// <summary>What went wrong since the last report without ending the fit, for example a checkpoint that could not be written; or null.</summary>
    public string? Warning { get; init; }

    /// <summary>Why this attempt began anew, or null.</summary>
    public string? RestartReason { get; init; }

    /// <summary>Share of the steps done, in [0, 1]; it never decreases within an attempt.</summary>
    public double Fraction => NumberOfSteps == 0 ? 1 : (double)Step / NumberOfSteps;

    /// <summary>What went wrong when all steps were done.</summary>
    internal static TrainingProgress Done(int attempt, string warning) => new()
    {
        Phase = "end",
        Epoch = 0,
        NumberOfEpochs = 0,
        Step = 1,
        NumberOfSteps = 1,
        Attempt = attempt,
        Losses = [],
        Elapsed = TimeSpan.Zero,
        EndOfEpoch = false,
        Warning = warning,
    };

    internal static TrainingProgress Restart(int attempt, string reason) => new()
    {
        Phase = "restart",
        Epoch = 0,
        NumberOfEpochs = 0,
        Step = 0,
        NumberOfSteps = 1,
        Attempt = attempt,
        Losses = [],
        Elapsed = TimeSpan.Zero,
        EndOfEpoch = false,
        RestartReason = reason,
    };
}
