using System.Collections.Concurrent;
using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Tapes that score blocks of rows on the processor, left by one scorer of a fit to the next: of an ensemble each member scores the training rows, then all together do.
/// </summary>
internal sealed class ScoringMemory
{
    private readonly ConcurrentBag<Tape> _idle = [];

    /// <summary>An idle tape, or a new one.</summary>
    public Tape Take() => _idle.TryTake(out Tape? tape) ? tape : New();

    /// <summary>A tape of a device of its own.</summary>
    public static Tape New() => new(new CpuDevice(), recording: false);

    /// <summary>Takes a tape back.</summary>
    public void Leave(Tape tape) => _idle.Add(tape);
}
