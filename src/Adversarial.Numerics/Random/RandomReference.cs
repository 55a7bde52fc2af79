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
            double u = ((Philox.Word(stream, index & ~8L) >> 8) + 1) * (double)Unit;
            double angle = (Philox.Word(stream, index | 8) >> 8) * (double)Unit * Math.Tau;
            float z = (float)(Math.Sqrt(-2 * Math.Log(u)) * ((index & 8) == 0 ? Math.Cos(angle) : Math.Sin(angle)));
            y[i] = MathF.FusedMultiplyAdd(z, deviation, mean);
        }
    }

    public static void Fill(RandomStream stream, long firstIndex, Span<uint> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Philox.Word(stream, firstIndex + i);
    }
}
