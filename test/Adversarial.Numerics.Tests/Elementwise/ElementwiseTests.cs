namespace Adversarial.Numerics.Tests;

public class ElementwiseTests
{
    [Fact]
    public void ArithmeticEqualsTheReferenceOnAllSets()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            for (int columns = 1; columns <= 40; columns++)
            {
                for (int gap = 0; gap < 3; gap += 2)
                {
                    int ld = columns + gap;
                    float[] x = TestData.Floats(4 * ld, 1), y = TestData.Floats(4 * ld, 2);
                    Compare(set, z => Elementwise.Add(x, ld, 0.3f, z, ld, 4, columns), 4 * ld);
                    Compare(set, z => Elementwise.Add(x, 0, 0.3f, z, ld, 4, columns), 4 * ld);
                    Compare(set, z => Elementwise.Multiply(x, ld, y, ld, z, ld, 4, columns, false), 4 * ld);
                    Compare(set, z => Elementwise.Multiply(x, ld, y, ld, z, ld, 4, columns, true), 4 * ld);
                    Compare(set, z => Elementwise.Clamp(z, ld, 4, columns, -0.2f, 0.1f), 4 * ld);
                    Compare(set, z => Elementwise.Scale(z, ld, 4, columns, -2.5f), 4 * ld);
                    Compare(set, z => Elementwise.Fill(z, ld, 4, columns, 3), 4 * ld);
                    Compare(set, z => Elementwise.Copy(x, ld, z, ld, 4, columns), 4 * ld);
                    Compare(set, z => Dropout.Apply(x, ld, [0xAAAA5555, 1, 2, 3, 4, 5, 6, 7], 2, z, ld, 4, columns, WorkerGang.Single), 4 * ld);
                }
            }
        }
    }

    private static void Compare(InstructionSet set, Action<float[]> action, int length)
    {
        float[] expected = TestData.Floats(length, 3), actual = TestData.Floats(length, 3);
        using (Kernels.Force(InstructionSet.Reference))
            action(expected);
        using (Kernels.Force(set))
            action(actual);
        TestData.SameBits(expected, actual, set.ToString());
    }

    [Fact]
    public void ClampKeepsNaN()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] y = [float.NaN, 2, -2, float.PositiveInfinity];
            Elementwise.Clamp(y, 4, 1, 4, -1, 1);
            Assert.Equal([float.NaN, 1, -1, 1], y);
        }
    }

    [Fact]
    public void EmptyMatricesAreNoError()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            Elementwise.Scale([], 5, 0, 5, 2);
            Elementwise.Clamp([], 5, 3, 0, 0, 1);
            Elementwise.Fill([], 5, 3, 0, 1);
        }
    }
}
