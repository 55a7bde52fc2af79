namespace Adversarial.Numerics.Tests;

public class SpectralKernelTests
{
    [Fact]
    public void AllSetsAgreeAndVectorWidthsGiveTheSameBits()
    {
        foreach ((int inputs, int outputs) in ((int, int)[])[(1, 1), (3, 7), (17, 16), (40, 33)])
        {
            float[] expected = Run(InstructionSet.Reference, inputs, outputs), narrow = Run(InstructionSet.Vector128, inputs, outputs);
            TestData.Near(expected, narrow, 2e-6f, 2e-6f, $"128 {inputs}x{outputs}");
            TestData.SameBits(narrow, Run(InstructionSet.Vector256, inputs, outputs), $"256 {inputs}x{outputs}");
            TestData.SameBits(narrow, Run(InstructionSet.Vector512, inputs, outputs), $"512 {inputs}x{outputs}");
        }
    }

    private static float[] Run(InstructionSet set, int inputs, int outputs)
    {
        using IDisposable forced = Kernels.Force(set);
        float[] w = TestData.Floats(inputs * outputs, 1), g = TestData.Floats(w.Length, 2), dw = TestData.Floats(w.Length, 4);
        float[] u = TestData.Floats(outputs, 3), v = new float[inputs], normalized = new float[w.Length], fresh = new float[w.Length];
        float kept = SpectralKernel.Normalize(w, inputs, outputs, u, iterate: false, v, normalized);
        float sigma = SpectralKernel.Normalize(w, inputs, outputs, u, iterate: true, v, normalized);
        SpectralKernel.Gradient(g, normalized, inputs, outputs, u, v, sigma, dw, accumulate: true);
        SpectralKernel.Gradient(g, normalized, inputs, outputs, u, v, sigma, fresh, accumulate: false);
        return [kept, sigma, .. u, .. v, .. normalized, .. dw, .. fresh];
    }

    [Fact]
    public void AMatrixOfZerosStaysZero()
    {
        float[] u = [0.6f, 0.8f], v = new float[2], normalized = [1, 1, 1, 1];
        Assert.True(SpectralKernel.Normalize([0, 0, 0, 0], 2, 2, u, iterate: true, v, normalized) > 0);
        Assert.Equal([0, 0, 0, 0], normalized);
    }

    [Fact]
    public void WrongLengthsAreRefused() => Assert.Throws<ArgumentException>(
        () => SpectralKernel.Normalize(new float[4], 2, 2, new float[3], false, new float[2], new float[4]));
}
