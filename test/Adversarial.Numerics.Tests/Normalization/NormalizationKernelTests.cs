namespace Adversarial.Numerics.Tests;

public class NormalizationKernelTests
{
    private static readonly int[] _widths = [1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 64, 75];

    [Fact]
    public void AllSetsAgreeWithTheReferenceAndVectorWidthsGiveTheSameBits()
    {
        foreach (int columns in _widths)
        {
            for (int flags = 0; flags < 4; flags++)
            {
                Case layer = new(5, columns, columns % 3, (flags & 1) != 0, (flags & 2) != 0);
                float[] expected = layer.Run(InstructionSet.Reference, WorkerGang.Single);
                float[] narrow = layer.Run(InstructionSet.Vector128, WorkerGang.Single);
                TestData.Near(expected, narrow, 2e-6f, 2e-6f, $"128 {columns} {flags}");
                TestData.SameBits(narrow, layer.Run(InstructionSet.Vector256, WorkerGang.Single), $"256 {columns} {flags}");
                TestData.SameBits(narrow, layer.Run(InstructionSet.Vector512, WorkerGang.Single), $"512 {columns} {flags}");
            }
        }
    }

    [Fact]
    public void ThreadsChangeNoBit()
    {
        using WorkerGang gang = new(3);
        for (int flags = 0; flags < 4; flags++)
        {
            Case layer = new(1500, 75, 1, (flags & 1) != 0, (flags & 2) != 0);
            TestData.SameBits(layer.Run(Kernels.Best, WorkerGang.Single), layer.Run(Kernels.Best, gang), $"flags {flags}");
        }
    }

    [Fact]
    public void ALargeMeanCostsTheVarianceNoDigits()
    {
        float[] x = [10_000, 10_001, 10_000, 10_001, 10_000, 10_001, 10_000, 10_001, 10_000, 10_001], mean = new float[1], variance = new float[1];
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            NormalizationKernel.ColumnMoments(x, 1, 10, 1, mean, variance, WorkerGang.Single);
            Assert.Equal((10_000.5f, 0.25f), (mean[0], variance[0]));
            NormalizationKernel.RowMoments(x, 10, 1, 10, mean, variance);
            Assert.Equal((10_000.5f, 0.25f), (mean[0], variance[0]));
        }
    }

    [Fact]
    public void NothingToAverageAndShortSpansAreRefused()
    {
        float[] one = new float[1];
        Assert.Throws<ArgumentException>(() => NormalizationKernel.ColumnMoments([], 1, 0, 1, one, one, WorkerGang.Single));
        Assert.Throws<ArgumentException>(() => NormalizationKernel.RowMoments([], 1, 1, 0, one, one));
        Assert.Throws<ArgumentException>(() => NormalizationKernel.ColumnMoments(new float[4], 2, 2, 2, one, one, WorkerGang.Single));
        Assert.Throws<ArgumentException>(() => NormalizationKernel.InverseRoot(one, 1, new float[2]));
    }

    /// <summary>All kernels on one matrix; their results one after another.</summary>
    private sealed class Case(int rows, int columns, int gap, bool ofRows, bool more)
    {
        private readonly int _ld = columns + gap;

        public float[] Run(InstructionSet set, WorkerGang gang)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] x = TestData.Floats(rows * _ld, 1), dy = TestData.Floats(rows * _ld, 2);
            float[] scale = TestData.Floats(columns, 3), shift = TestData.Floats(columns, 4);
            float[] mean = new float[ofRows ? rows : columns], inverse = new float[mean.Length], y = new float[x.Length], dx = TestData.Floats(x.Length, 5);
            float[] scaleSums = new float[columns], shiftSums = new float[columns], constant = new float[x.Length];
            uint[] mask = more ? [.. Enumerable.Range(0, rows * Dropout.MaskStride(columns)).Select(i => 0x9E3779B9u * (uint)(i + 1))] : [];
            if (ofRows)
                NormalizationKernel.RowMoments(x, _ld, rows, columns, mean, inverse);
            else
                NormalizationKernel.ColumnMoments(x, _ld, rows, columns, mean, inverse, gang);
            // A single column has no variance of its own; its deviation would magnify the last bit of the mean.
            NormalizationKernel.InverseRoot(inverse, 0.1f, inverse);
            NormalizationKernel.Apply(
                x, _ld, mean, inverse, ofRows, scale, shift, y, _ld, rows, columns, more ? Activation.LeakyRelu(0.3f) : Activation.Identity, mask, 2, gang);
            NormalizationKernel.ParameterGradient(x, _ld, mean, inverse, ofRows, dy, _ld, rows, columns, scaleSums, shiftSums, gang);
            NormalizationKernel.InputGradient(
                x, _ld, mean, inverse, ofRows, scale, dy, _ld, scaleSums, shiftSums, dx, _ld, rows, columns, accumulate: more, gang);
            NormalizationKernel.InputGradient(
                x, _ld, mean, inverse, ofRows, scale, dy, _ld, default, default, constant, _ld, rows, columns, accumulate: false, gang);
            return [.. mean, .. inverse, .. y, .. scaleSums, .. shiftSums, .. dx, .. constant];
        }
    }
}
