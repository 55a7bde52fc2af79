namespace Adversarial.Numerics;

/// <summary>The random fills, one value at a time.</summary>
internal static class RandomReference
{
    public const float Unit = 1f / (1 << 24);

    public static void Uniform(RandomStream stream, long firstIndex, Span<float> y, float low, float high)
    {
        float range = high - low, last = MathF.BitDecrement(high);
        for (int i = 0; i < y.Length; i++)
        {
            float u = (Philox.Word(stream, firstIndex + i) >> 8) * Unit;
            y[i] = MathF.Min(MathF.FusedMultiplyAdd(u, range, low), last);
        }
    }

    public static void Normal(RandomStream stream, long firstIndex, Span<float> y, float mean, float deviation)
    {
        for (int i = 0; i < y.Length; i++)
        {
            // Box-Muller: a word and its neighbour eight places on make two values.
            long index = firstIndex + i;
            (float radius, float angle) = Polar(Philox.Word(stream, index & ~8L), Philox.Word(stream, index | 8));
            float z = radius * ((index & 8) == 0 ? MathF.Cos(angle) : MathF.Sin(angle));
            y[i] = MathF.FusedMultiplyAdd(z, deviation, mean);
        }
    }

    private static (float Radius, float Angle) Polar(uint first, uint second)
    {
        float u = ((first >> 8) + 1) * Unit;
        float v = (second >> 8) * Unit;
        return (MathF.Sqrt(-2 * MathF.Log(u)), v * MathF.Tau);
    }

    public static void Fill(RandomStream stream, long firstIndex, Span<uint> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Philox.Word(stream, firstIndex + i);
    }
}
