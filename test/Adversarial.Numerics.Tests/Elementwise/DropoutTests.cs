using System.Numerics;

namespace Adversarial.Numerics.Tests;

public class DropoutTests
{
    [Fact]
    public void ThreadsChangeNoBitOfAMask()
    {
        const int Rows = 700, Columns = 333;
        uint[] one = new uint[Rows * Dropout.MaskStride(Columns)], three = (uint[])one.Clone();
        using WorkerGang gang = new(3);
        Dropout.FillMask(one, Rows, Columns, 0.9f, new(7, 1, 2));
        Dropout.FillMask(three, Rows, Columns, 0.9f, new(7, 1, 2), gang: gang);
        Assert.Equal(one, three);
    }

    [Fact]
    public void MasksAreTheSameOnAllSetsAndForAllCuts()
    {
        RandomStream stream = new(1, 2, 3);
        for (int columns = 1; columns <= 200; columns += 7)
        {
            uint[] expected = Fill(InstructionSet.Reference, 9, columns, 0);
            foreach (InstructionSet set in TestData.AllSets)
            {
                Assert.Equal(expected, Fill(set, 9, columns, 0));
                Assert.Equal(expected.AsSpan(4 * Dropout.MaskStride(columns)).ToArray(), Fill(set, 5, columns, 4));
            }
        }

        // A wider mask begins with the narrower one.
        uint[] wide = Fill(Kernels.Best, 1, 256, 5), narrow = Fill(Kernels.Best, 1, 96, 5);
        Assert.Equal(wide[..3], narrow);

        uint[] Fill(InstructionSet set, int rows, int columns, long first)
        {
            uint[] mask = new uint[rows * Dropout.MaskStride(columns)];
            Array.Fill(mask, uint.MaxValue);
            using IDisposable forced = Kernels.Force(set);
            Dropout.FillMask(mask, rows, columns, 0.7f, stream, first);
            return mask;
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.8f)]
    [InlineData(1f)]
    public void TheShareOfKeptElementsIsTheProbability(float keep)
    {
        const int Rows = 1000, Columns = 320;
        uint[] mask = new uint[Rows * Dropout.MaskStride(Columns)];
        Dropout.FillMask(mask, Rows, Columns, keep, new(7, 1, 0));
        double share = mask.Sum(word => BitOperations.PopCount(word)) / (double)(Rows * Columns);
        double deviation = Math.Sqrt(keep * (1 - keep) / (Rows * Columns));
        Assert.InRange(share, keep - 5 * deviation - 1e-5, keep + 5 * deviation + 1e-5);
    }

    [Fact]
    public void HalvesOfAWordAreIndependent()
    {
        const int Rows = 4000;
        uint[] mask = new uint[Rows * 2];
        Dropout.FillMask(mask, Rows, 64, 0.5f, new(7, 1, 0));
        int same = 0;
        for (int r = 0; r < Rows; r++)
            same += 32 - BitOperations.PopCount(mask[2 * r] ^ mask[2 * r + 1]);
        double sigma = Math.Sqrt(Rows * 32 * 0.25);
        Assert.InRange(same, Rows * 16 - 5 * sigma, Rows * 16 + 5 * sigma);
    }

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Dropout.FillMask(new uint[1], 2, 5, 0.5f, default));
        Assert.Throws<ArgumentException>(() => Dropout.FillMask(new uint[2], 2, 5, 1.5f, default));
        Assert.Throws<ArgumentException>(() => Dropout.FillMask(new uint[2], 2, 5, float.NaN, default));
        Assert.Throws<ArgumentException>(() => Dropout.FillMask(new uint[2], 2, 5, 0.5f, default, -1));
    }
}
