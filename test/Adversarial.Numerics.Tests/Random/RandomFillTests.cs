namespace Adversarial.Numerics.Tests;

public class RandomFillTests
{
    private static readonly RandomStream _stream = new(42, 7, 3);

    [Fact]
    public void AValueDependsOnItsIndexAlone()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] normal = new float[300], uniform = new float[300];
            RandomFill.Normal(_stream, 0, normal, 1, 2);
            RandomFill.Uniform(_stream, 0, uniform, -1, 3);
            for (int first = 0; first < 70; first++)
            {
                for (int length = 1; length < 80; length += 9)
                {
                    float[] part = new float[length];
                    RandomFill.Normal(_stream, first, part, 1, 2);
                    TestData.SameBits(normal.AsSpan(first, length), part, $"{set} normal {first} {length}");
                    RandomFill.Uniform(_stream, first, part, -1, 3);
                    TestData.SameBits(uniform.AsSpan(first, length), part, $"{set} uniform {first} {length}");
                }
            }
        }
    }

    [Fact]
    public void AllSetsAgree()
    {
        float[] normal = new float[10_000], uniform = new float[10_000];
        int[] order = new int[1000];
        using (Kernels.Force(InstructionSet.Reference))
        {
            RandomFill.Normal(_stream, 5, normal, 0, 1);
            RandomFill.Uniform(_stream, 5, uniform, -1, 3);
            RandomFill.Permutation(_stream, order);
        }

        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] y = new float[10_000];
            int[] permutation = new int[1000];
            RandomFill.Normal(_stream, 5, y, 0, 1);
            TestData.Near(normal, y, 1e-6f, 3e-7f, $"{set} normal");
            RandomFill.Uniform(_stream, 5, y, -1, 3);
            TestData.SameBits(uniform, y, $"{set} uniform");
            RandomFill.Permutation(_stream, permutation);
            Assert.Equal(order, permutation);
        }
    }

    [Fact]
    public void NormalsHaveTheMomentsAndTheDistributionOfNormals()
    {
        const int Count = 1 << 20;
        float[] y = new float[Count];
        RandomFill.Normal(_stream, 0, y, 0, 1);
        double m1 = y.Average(v => (double)v), m2 = y.Average(v => (double)v * v), m4 = y.Average(v => Math.Pow(v, 4));
        Assert.InRange(m1, -5e-3, 5e-3);
        Assert.InRange(m2, 0.993, 1.007);
        Assert.InRange(m4, 2.93, 3.07);
        Array.Sort(y);
        // Kolmogorov and Smirnov at a few points, against the normal distribution function.
        (double X, double P)[] points = [(-2, 0.0227501319), (-1, 0.1586552539), (-0.5, 0.3085375387), (0, 0.5), (0.5, 0.6914624613), (1, 0.8413447461), (2, 0.9772498681), (3, 0.9986501020)];
        foreach ((double x, double p) in points)
        {
            int below = Array.BinarySearch(y, (float)x);
            double share = (below < 0 ? ~below : below) / (double)Count;
            Assert.InRange(share, p - 1.95 / Math.Sqrt(Count), p + 1.95 / Math.Sqrt(Count));
        }

        Assert.InRange(y[^1], 4, 5.78f);
    }

    [Fact]
    public void UniformsFillTheirRangeEvenly()
    {
        const int Count = 1 << 20;
        float[] y = new float[Count];
        RandomFill.Uniform(_stream, 0, y, -3, 5);
        Assert.True(y.Min() >= -3 && y.Max() < 5);
        int[] bins = new int[64];
        foreach (float v in y)
            bins[(int)((v + 3) * 8)]++;
        double chi = bins.Sum(b => Math.Pow(b - Count / 64.0, 2) / (Count / 64.0));
        Assert.InRange(chi, 20, 130);
    }

    [Fact]
    public void NeighbouringStreamsAndValuesAreUncorrelated()
    {
        const int Count = 200_000;
        float[] here = Normals(new(1, 1, 1), 0);
        foreach (float[] there in (float[][])[
            Normals(new(1, 1, 2), 0), Normals(new(1, 2, 1), 0), Normals(new(2, 1, 1), 0), Normals(new(1, 1, 1), 1), Normals(new(1, 1, 1), 8),
            Normals(new(1, 1, 1), 16), Normals(new(1, 1, 1), 32), Normals(new(1, 1, 1ul << 32), 0)])
        {
            Assert.InRange(Reductions.Dot(here, there) / Count, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        }

        static float[] Normals(RandomStream stream, long first)
        {
            float[] y = new float[Count];
            RandomFill.Normal(stream, first, y, 0, 1);
            return y;
        }
    }

    [Fact]
    public void PermutationsArePermutationsAndEvenlySpread()
    {
        foreach (int length in (int[])[0, 1, 2, 3, 10, 1000])
        {
            int[] order = new int[length];
            RandomFill.Permutation(_stream, order);
            Assert.Equal(Enumerable.Range(0, length), order.Order());
        }

        int[] counts = new int[24];
        int[] four = new int[4];
        for (ulong step = 0; step < 24_000; step++)
        {
            RandomFill.Permutation(new(9, 9, step), four);
            counts[four[0] * 6 + (four[1] - (four[1] > four[0] ? 1 : 0)) * 2 + (four[2] > four[3] ? 1 : 0)]++;
        }

        Assert.InRange(counts.Sum(c => Math.Pow(c - 1000, 2) / 1000), 6, 55);
    }

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => RandomFill.Bits(default, -1));
        Assert.ThrowsAny<ArgumentException>(() => RandomFill.Normal(default, 0, new float[1], 0, -1));
        Assert.ThrowsAny<ArgumentException>(() => RandomFill.Uniform(default, 0, new float[1], 1, 1));
    }
}
