namespace Adversarial.Numerics.Tests;

public class CategoryKernelTests
{
    private const int Rows = 9;

    private static readonly ColumnGroups _groups = new(41, (2, 3), (5, 2), (10, 25), (38, 2));

    [Fact]
    public void AllSetsAgreeAndVectorWidthsGiveTheSameBits()
    {
        foreach (RandomStream? stream in (RandomStream?[])[null, new RandomStream(1, 2, 3)])
        {
            float[] expected = Run(InstructionSet.Reference, stream), narrow = Run(InstructionSet.Vector128, stream);
            TestData.Near(expected, narrow, 2e-6f, 1e-6f, "128");
            TestData.SameBits(narrow, Run(InstructionSet.Vector256, stream), "256");
            TestData.SameBits(narrow, Run(InstructionSet.Vector512, stream), "512");
        }
    }

    private static float[] Run(InstructionSet set, RandomStream? stream)
    {
        using IDisposable forced = Kernels.Force(set);
        int ld = _groups.Width + 3;
        float[] x = TestData.Floats(Rows * ld, 1, -4, 4), dy = TestData.Floats(x.Length, 2), dx = TestData.Floats(x.Length, 3);
        float[] y = new float[x.Length], fresh = new float[x.Length], hard = new float[x.Length];
        float[] scratch = new float[CategoryKernel.Scratch(_groups.Width)];
        CategoryKernel.Sample(x, ld, Rows, _groups, 0.7f, stream, y, ld, scratch);
        CategoryKernel.TakeLargest(y, ld, Rows, _groups, hard, ld);
        CategoryKernel.Gradient(y, ld, Rows, _groups, 0.7f, dy, ld, dx, ld, accumulate: true, scratch);
        CategoryKernel.Gradient(y, ld, Rows, _groups, 0.7f, dy, ld, fresh, ld, accumulate: false, scratch);
        return [.. y, .. hard, .. dx, .. fresh];
    }

    [Fact]
    public void HardDrawsFollowTheSoftmax()
    {
        // Logits log 1, log 2, log 3, log 4: the draws are the categories with probabilities 0.1 to 0.4 (Gumbel 1954).
        const int Draws = 40_000;
        ColumnGroups groups = new(4, (0, 4));
        float[] x = [.. Enumerable.Range(0, 4 * Draws).Select(i => MathF.Log(i % 4 + 1))], y = new float[x.Length];
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            CategoryKernel.Sample(x, 4, Draws, groups, 0.5f, new RandomStream(5, 1, 1), y, 4, new float[8]);
            Assert.All(y, value => Assert.InRange(value, 0, 1));
            CategoryKernel.TakeLargest(y, 4, Draws, groups, y, 4);
            for (int c = 0; c < 4; c++)
                Assert.Equal((c + 1) / 10.0, Enumerable.Range(0, Draws).Average(r => (double)y[4 * r + c]), 0.01);
        }
    }

    [Fact]
    public void LargeLogitsStayFiniteAndEqualOnesGoToTheFirst()
    {
        ColumnGroups groups = new(6, (0, 2), (3, 3));
        float[] x = [3e37f, -3e37f, 200, 5, 5, 5], y = new float[6];
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            CategoryKernel.Sample(x, 6, 1, groups, 0.2f, null, y, 6, new float[12]);
            TestData.Near([1, 0, 1, 1 / 3f, 1 / 3f, 1 / 3f], y, 1e-6f, 0, set.ToString());
            CategoryKernel.TakeLargest(y, 6, 1, groups, y, 6);
            Assert.Equal([1, 0, 1, 1, 0, 0], y);
        }
    }

    [Fact]
    public void GroupsAreAscendingDisjointInsideAndOfTwoColumnsAtLeast()
    {
        Assert.Equal([(2, 3), (5, 2), (10, 25), (38, 2)], _groups.Groups.ToArray());
        Assert.Equal([(0, 2), (7, 3), (35, 3), (40, 1)], _groups.Others.ToArray());
        Assert.Equal([(0, 3)], new ColumnGroups(3).Others.ToArray());
        Assert.Throws<ArgumentException>(() => new ColumnGroups(5, (0, 1)));
        Assert.Throws<ArgumentException>(() => new ColumnGroups(5, (3, 3)));
        Assert.Throws<ArgumentException>(() => new ColumnGroups(5, (-1, 3)));
        Assert.Throws<ArgumentException>(() => new ColumnGroups(5, (0, 3), (2, 2)));
        Assert.Throws<ArgumentException>(() => new ColumnGroups(5, (3, 2), (0, 2)));
        Assert.Throws<ArgumentException>(() => new ColumnGroups(5, (int.MaxValue, 2)));
        Assert.Throws<ArgumentException>(() => CategoryKernel.Sample(new float[2], 2, 1, new(2, (0, 2)), 0, null, new float[2], 2, new float[4]));
    }
}
