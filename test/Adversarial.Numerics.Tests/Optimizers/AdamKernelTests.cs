namespace Adversarial.Numerics.Tests;

public class AdamKernelTests
{
    [Fact]
    public void AllSetsAndThreadsGiveTheSameBits()
    {
        using WorkerGang two = new(2);
        foreach (int length in (int[])[1, 7, 8, 33, 1001, 70_001])
        {
            float[] expected = Train(InstructionSet.Reference, length, WorkerGang.Single);
            foreach (InstructionSet set in TestData.AllSets)
            {
                TestData.SameBits(expected, Train(set, length, WorkerGang.Single), $"{set} {length}");
                TestData.SameBits(expected, Train(set, length, two), $"{set} {length} two threads");
            }
        }

        static float[] Train(InstructionSet set, int length, WorkerGang gang)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] w = TestData.Floats(length, 1), m = new float[length], v = new float[length];
            for (int step = 1; step <= 5; step++)
                AdamKernel.Update(w, TestData.Floats(length, step), m, v, 0.01f, 0.9f, 0.999f, 1e-7f, step, 0.5f, gang);
            return w;
        }
    }

    [Fact]
    public void FollowsThePublishedEquations()
    {
        float[] w = [1, -2, 3], m = new float[3], v = new float[3];
        double[] dw = [1, -2, 3], dm = new double[3], dv = new double[3];
        for (int step = 1; step <= 20; step++)
        {
            float[] g = TestData.Floats(3, step);
            AdamKernel.Update(w, g, m, v, 0.1f, 0.9f, 0.999f, 1e-8f, step, 1, WorkerGang.Single);
            for (int i = 0; i < 3; i++)
            {
                dm[i] = 0.9 * dm[i] + 0.1 * g[i];
                dv[i] = 0.999 * dv[i] + 0.001 * g[i] * g[i];
                dw[i] -= 0.1 * (dm[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(dv[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
                Assert.Equal(dw[i], w[i], 2e-5);
            }
        }
    }

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        float[] one = new float[1], two = new float[2];
        Assert.Throws<ArgumentException>(() => AdamKernel.Update(one, two, one, one, 1, 0.9f, 0.9f, 1, 1, 1, WorkerGang.Single));
        Assert.Throws<ArgumentException>(() => AdamKernel.Update(one, one, one, one, 1, 1f, 0.9f, 1, 1, 1, WorkerGang.Single));
        Assert.Throws<ArgumentException>(() => AdamKernel.Update(one, one, one, one, 1, 0.9f, 0.9f, 1, 0, 1, WorkerGang.Single));
    }
}
