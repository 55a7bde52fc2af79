using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>Random numbers one after another from a named stream: equal names give equal numbers, on any machine.</summary>
internal sealed class RandomDraws(RandomStream stream)
{
    private long _index;

    /// <summary>An integer in [0, bound), all equally likely.</summary>
    public int Below(int bound)
    {
        uint range = (uint)bound;
        ulong product;
        do
            product = (ulong)RandomFill.Bits(stream, _index++) * range;
        while ((uint)product < range && (uint)product < (0u - range) % range);
        return (int)(product >> 32);
    }

    /// <summary>An integer in [0, bound), all equally likely, of a bound that may be larger.</summary>
    public long Below(long bound)
    {
        if (bound <= int.MaxValue)
            return Below((int)bound);
        ulong range = (ulong)bound, high, low;
        do
            high = Math.BigMul(Bits64(), range, out low);
        while (low < range && low < (0UL - range) % range);
        return (long)high;
    }

    /// <summary>A number in [0, 1) of 53 random bits.</summary>
    public double Unit() => (Bits64() >> 11) * (1.0 / (1UL << 53));

    private ulong Bits64()
    {
        ulong high = RandomFill.Bits(stream, _index++), low = RandomFill.Bits(stream, _index++);
        return high << 32 | low;
    }

    /// <summary>Different integers of [0, total), in ascending order: all sets equally likely (Floyd's sampling).</summary>
    public int[] Sample(int total, int count)
    {
        if (count >= total)
            return [.. Enumerable.Range(0, total)];
        var drawn = new HashSet<int>(count);
        for (int i = total - count; i < total; i++)
        {
            if (!drawn.Add(Below(i + 1)))
                drawn.Add(i);
        }

        return [.. drawn.Order()];
    }
}
