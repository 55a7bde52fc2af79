namespace Adversarial.Numerics;

/// <summary>Random numbers by stream and index. Bits, uniforms, masks and permutations are the same on every instruction set.</summary>
public static class RandomFill
{
    /// <summary>The 32 random bits at an index of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="index">The index, not negative.</param>
    /// <returns>The bits.</returns>
    public static uint Bits(RandomStream stream, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Philox.Word(stream, index);
    }

    /// <summary>Normal deviates; element i is the stream's value at firstIndex + i. Values lie within 5.77 deviations.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="firstIndex">The index of the first element, not negative.</param>
    /// <param name="y">The result.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation, not negative.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static void Normal(RandomStream stream, long firstIndex, Span<float> y, float mean, float deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstIndex);
        Guard.Same(deviation >= 0, "The deviation is negative.");
        if (Kernels.Active == InstructionSet.Reference)
            RandomReference.Normal(stream, firstIndex, y, mean, deviation);
        else
            RandomGroups.Fill(stream, firstIndex, y, new NormalTransform(mean, deviation));
    }

    /// <summary>Uniform deviates in [low, high); element i is the stream's value at firstIndex + i.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="firstIndex">The index of the first element, not negative.</param>
    /// <param name="y">The result.</param>
    /// <param name="low">The lower bound, possible.</param>
    /// <param name="high">The upper bound, above <paramref name="low"/>, not possible.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static void Uniform(RandomStream stream, long firstIndex, Span<float> y, float low, float high)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstIndex);
        Guard.Same(high > low && float.IsFinite(high - low), "The bounds are empty or not finite.");
        if (Kernels.Active == InstructionSet.Reference)
            RandomReference.Uniform(stream, firstIndex, y, low, high);
        else
            RandomGroups.Fill(stream, firstIndex, y, new UniformTransform(low, high));
    }

    /// <summary>A permutation of 0 .. length-1, all equally likely (Fisher and Yates, with rejection instead of a biased remainder).</summary>
    /// <param name="stream">The stream; different steps give independent permutations.</param>
    /// <param name="order">The permutation.</param>
    public static void Permutation(RandomStream stream, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Span<uint> words = stackalloc uint[Philox.GroupLength];
        long next = 0;
        int used = words.Length;
        for (int i = order.Length - 1; i > 0; i--)
        {
            uint bound = (uint)i + 1;
            ulong product;
            do
            {
                if (used == words.Length)
                {
                    RandomGroups.Words(stream, next++, words);
                    used = 0;
                }

                product = (ulong)words[used++] * bound;
            }
            while ((uint)product < bound && (uint)product < (0u - bound) % bound);
            int j = (int)(product >> 32);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
