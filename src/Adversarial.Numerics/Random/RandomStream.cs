namespace Adversarial.Numerics;

/// <summary>
/// The name of a stream of random numbers. A stream has no state: its i-th value depends on the name and i alone, so results depend
/// neither on the order nor on the number of threads in which they are drawn.
/// </summary>
/// <param name="Seed">The user's seed.</param>
/// <param name="Purpose">What the numbers are for, one number a use (initial weights, shuffling, noise of a phase ...).</param>
/// <param name="Step">The training step, epoch or other count within the purpose.</param>
public readonly record struct RandomStream(ulong Seed, ulong Purpose, ulong Step);
