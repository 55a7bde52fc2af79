namespace Microsoft.ML.Adversarial;

/// <summary>Trials of a sweep that are fitted to one share of the rows, in any order and anywhere.</summary>
/// <param name="Trials">The trials.</param>
/// <param name="Share">Share of the training rows, in (0, 1].</param>
/// <param name="Seed">The sweep's seed.</param>
/// <param name="Table">The sweep's rows.</param>
/// <param name="Keep">Takes each trial, with its result, as it is done; from any thread.</param>
internal sealed record SweepRung(IReadOnlyList<SweepTrial> Trials, double Share, int Seed, TrainingTable Table, Action<SweepTrial> Keep);
