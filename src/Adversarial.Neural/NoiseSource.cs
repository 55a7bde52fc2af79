using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// Names the random streams of one training step. Every call of <see cref="Next"/> gives another stream; the same seed, step and order
/// of calls give the same streams, whatever the number of threads.
/// </summary>
public sealed class NoiseSource(ulong seed)
{
    private ulong _step;
    private ulong _draw;

    /// <summary>Goes to a step and begins its draws anew. <paramref name="purpose"/> keeps kinds of steps apart (below 2^32).</summary>
    public void Begin(long step, uint purpose = 0)
    {
        _step = (ulong)step;
        _draw = (ulong)purpose << 32;
    }

    /// <summary>The next stream of this step.</summary>
    public RandomStream Next() => new(seed, ++_draw, _step);
}
