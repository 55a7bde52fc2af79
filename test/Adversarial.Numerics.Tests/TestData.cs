namespace Adversarial.Numerics.Tests;

/// <summary>Data, comparisons and instruction sets that the kernel tests share.</summary>
internal static class TestData
{
    public static readonly InstructionSet[] AllSets =
        [InstructionSet.Reference, InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512];

    public static float[] Floats(int length, int seed, float low = -1, float high = 1)
    {
        Random random = new(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = low + (high - low) * random.NextSingle();
        return values;
    }

    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // The sign of a zero is the one thing that the paths may differ in.
            if (expected[i] != actual[i] && !(float.IsNaN(expected[i]) && float.IsNaN(actual[i])))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, expected {expected[i]:R}");
        }
    }

    public static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float relative, float absolute, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (float.IsNaN(expected[i]) && float.IsNaN(actual[i]) || expected[i] == actual[i])
                continue;
            float difference = MathF.Abs(expected[i] - actual[i]);
            if (!(difference <= absolute + relative * MathF.Abs(expected[i])))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, expected {expected[i]:R}");
        }
    }
}
