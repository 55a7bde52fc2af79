namespace Adversarial.Numerics.Tests;

/// <summary>Convolutions equal plain loops, at any width of vectors and number of threads.</summary>
public class ConvolutionTests
{
    private const float Slope = 0.1f;

    /// <summary>Layers of the papers in small, odd sizes, uneven padding, and one whose images need more than one block.</summary>
    public static TheoryData<int, WindowAxis, WindowAxis, int, int> Shapes => new()
    {
        { 3, new WindowAxis(9, 5, 1, 2, 2), new WindowAxis(8, 5, 1, 2, 2), 1, 8 },
        { 3, new WindowAxis(7, 5, 1, 2, 2), new WindowAxis(7, 5, 1, 2, 2), 8, 4 },
        { 2, WindowAxis.Same(7, 4, 2), WindowAxis.Same(10, 4, 2), 3, 9 },
        { 2, WindowAxis.Same(9, 3, 2), WindowAxis.Same(8, 5, 2), 6, 17 },
        { 5, new WindowAxis(4, 4), new WindowAxis(4, 4), 16, 5 },
        { 2, new WindowAxis(6, 2, 3), new WindowAxis(11, 4, 3, 0, 1), 2, 3 },
        { 4, new WindowAxis(5, 1), new WindowAxis(3, 1), 4, 6 },
        { 2, new WindowAxis(40, 3, 1, 1, 1), new WindowAxis(35, 3, 1, 1, 1), 1, 2 },
        { 2, new WindowAxis(34, 5, 1, 2, 2), new WindowAxis(34, 5, 1, 2, 2), 12, 3 },
        { 40, new WindowAxis(14, 5, 1, 2, 2), new WindowAxis(14, 5, 1, 2, 2), 8, 4 },
        { 3, WindowAxis.Same(8, 4, 2), WindowAxis.Same(8, 4, 2), 96, 48 },
    };

    private static void OnAllPaths(Action<WorkerGang, string> check)
    {
        using WorkerGang two = new(2), three = new(3);
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            foreach (WorkerGang gang in (WorkerGang[])[WorkerGang.Single, two, three])
                check(gang, $"{set}, {gang.Threads} threads");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward(int images, WindowAxis rows, WindowAxis columns, int inputs, int outputs)
    {
        ConvolutionShape shape = new(rows, columns, inputs, outputs);
        float[] x = TestData.Floats(images * shape.InputPixels * inputs, 1), w = TestData.Floats(shape.PatchLength * outputs, 2);
        float[] scale = TestData.Floats(outputs, 3), bias = TestData.Floats(outputs, 4), expected = new float[images * shape.OutputPixels * outputs];
        ConvolutionReference.Forward(x, w, expected, images, shape);
        float[] finished = [.. expected.Select((sum, i) => Leaky(MathF.FusedMultiplyAdd(sum, scale[i % outputs], bias[i % outputs])))];
        OnAllPaths((gang, what) =>
        {
            float[] y = new float[expected.Length];
            Convolution.Forward(x, inputs, w, default, default, y, outputs, images, shape, false, Activation.Identity, default, 1, gang);
            TestData.SameBits(expected, y, what);
            Convolution.Forward(x, inputs, w, scale, bias, y, outputs, images, shape, false, Activation.LeakyRelu(Slope), default, 1, gang);
            TestData.SameBits(finished, y, what);
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transposed(int images, WindowAxis rows, WindowAxis columns, int inputs, int outputs)
    {
        ConvolutionShape shape = new(rows, columns, inputs, outputs);
        float[] x = TestData.Floats(images * shape.OutputPixels * outputs, 1), w = TestData.Floats(shape.PatchLength * outputs, 2);
        float[] scale = TestData.Floats(inputs, 3), bias = TestData.Floats(inputs, 4), before = TestData.Floats(images * shape.InputPixels * inputs, 5);
        float[] expected = new float[before.Length];
        ConvolutionReference.Transposed(x, w, expected, images, shape);
        float[] finished = [.. expected.Select((sum, i) => Leaky(MathF.FusedMultiplyAdd(sum, scale[i % inputs], bias[i % inputs])))];
        float[] added = [.. expected.Zip(before, (sum, value) => value + sum)];
        OnAllPaths((gang, what) =>
        {
            float[] y = new float[expected.Length];
            Convolution.Transposed(x, outputs, w, default, default, y, inputs, images, shape, false, Activation.Identity, default, 1, gang);
            TestData.SameBits(expected, y, what);
            Convolution.Transposed(x, outputs, w, scale, bias, y, inputs, images, shape, false, Activation.LeakyRelu(Slope), default, 1, gang);
            TestData.SameBits(finished, y, what);
            before.CopyTo(y, 0);
            Convolution.Transposed(x, outputs, w, default, default, y, inputs, images, shape, true, Activation.Identity, default, 1, gang);
            TestData.SameBits(added, y, what);
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WeightGradient(int images, WindowAxis rows, WindowAxis columns, int inputs, int outputs)
    {
        ConvolutionShape shape = new(rows, columns, inputs, outputs);
        float[] x = TestData.Floats(images * shape.InputPixels * inputs, 1), dy = TestData.Floats(images * shape.OutputPixels * outputs, 2);
        double[] sums = new double[shape.PatchLength * outputs];
        ConvolutionReference.WeightGradient(x, dy, sums, images, shape);
        float[] expected = Array.ConvertAll(sums, sum => (float)sum), first = [], twice = [.. expected.Select(value => 2 * value)];
        OnAllPaths((gang, what) =>
        {
            float[] dw = new float[expected.Length];
            Convolution.WeightGradient(x, inputs, dy, outputs, dw, images, shape, accumulate: false, gang);
            TestData.Near(expected, dw, 1e-5f, 1e-4f, what);
            first = first.Length == 0 ? [.. dw] : first;
            TestData.SameBits(first, dw, what);
            Convolution.WeightGradient(x, inputs, dy, outputs, dw, images, shape, accumulate: true, gang);
            TestData.Near(twice, dw, 1e-5f, 2e-4f, what);
        });
    }

    [Fact]
    public void RowsMayHaveGapsAndMasks()
    {
        ConvolutionShape shape = new(new WindowAxis(6, 3, 1, 1, 1), new WindowAxis(5, 3, 1, 1, 1), 3, 4);
        const int Images = 2, Stride = 7;
        float[] x = TestData.Floats(Images * shape.InputPixels * Stride, 1), w = TestData.Floats(shape.PatchLength * 4, 2);
        float[] dense = [.. x.Where((_, i) => i % Stride < 3)], small = [.. x.Where((_, i) => i % Stride < 4)];
        uint[] mask = [.. Enumerable.Range(0, Images * 30).Select(i => (uint)(i * 7 % 16))];
        float[] forward = new float[small.Length], back = new float[dense.Length];
        ConvolutionReference.Forward(dense, w, forward, Images, shape);
        ConvolutionReference.Transposed(small, w, back, Images, shape);
        OnAllPaths((gang, what) =>
        {
            float[] y = new float[x.Length];
            Convolution.Forward(x, Stride, w, default, default, y, Stride, Images, shape, false, Activation.Identity, mask, 2, gang);
            TestData.SameBits([.. forward.Select((value, i) => Kept(mask, i, 4) * value)], [.. y.Where((_, i) => i % Stride < 4)], what);
            Assert.All(y.Where((_, i) => i % Stride >= 4), gap => Assert.Equal(0, gap));
            Convolution.Transposed(x, Stride, w, default, default, y, Stride, Images, shape, false, Activation.Identity, mask, 2, gang);
            TestData.SameBits([.. back.Select((value, i) => Kept(mask, i, 3) * value)], [.. y.Where((_, i) => i % Stride < 3)], what);
        });
    }

    [Fact]
    public void SamePaddingIsThatOfKeras()
    {
        (int Window, int Stride, int Input, int Output, int Before, int After)[] cases =
            [(3, 2, 28, 14, 0, 1), (3, 2, 7, 4, 1, 1), (4, 2, 28, 14, 1, 1), (4, 2, 7, 4, 1, 2), (5, 2, 32, 16, 1, 2), (2, 5, 11, 3, 0, 1)];
        foreach ((int window, int stride, int input, int output, int before, int after) in cases)
        {
            WindowAxis axis = WindowAxis.Same(input, window, stride);
            Assert.Equal((output, before, after), (axis.Output, axis.Before, axis.After));
        }
    }

    [Fact]
    public void WrongShapesAreRefused()
    {
        ConvolutionShape shape = new(new WindowAxis(3, 2), new WindowAxis(3, 2), 1, 1);
        void Run(in ConvolutionShape of, int inputs = 9, int weights = 4, int outputs = 4) => Convolution.Forward(
            new float[inputs], 1, new float[weights], default, default, new float[outputs], 1, 1, of, false, Activation.Identity, default, 1, WorkerGang.Single);
        Run(shape);
        Assert.Throws<ArgumentException>(() => Run(shape, inputs: 8));
        Assert.Throws<ArgumentException>(() => Run(shape, weights: 3));
        Assert.Throws<ArgumentException>(() => Run(shape, outputs: 3));
        Assert.Throws<ArgumentException>(() => Run(shape with { Rows = new WindowAxis(3, 4) }));
        Assert.Throws<ArgumentException>(() => Run(shape with { Rows = new WindowAxis(3, 2, 0) }));
        Assert.Throws<ArgumentException>(() => Run(shape with { OutputChannels = 0 }));
        Assert.Throws<ArgumentException>(() => Run(shape with { Columns = new WindowAxis(3, 2, 1, -1, 3) }));
    }

    [Fact]
    public void SteadyStateAllocatesNothing()
    {
        using WorkerGang gang = new(2);
        ConvolutionShape shape = new(WindowAxis.Same(12, 4, 2), WindowAxis.Same(12, 4, 2), 8, 16);
        PoolingShape pooling = new(new WindowAxis(12, 2, 2), new WindowAxis(12, 2, 2), 8);
        float[] x = TestData.Floats(20 * 144 * 8, 1), w = TestData.Floats(shape.PatchLength * 16, 2), y = new float[20 * 36 * 16];
        for (int i = 0; i < 100; i++)
            Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            Convolution.Forward(x, 8, w, default, default, y, 16, 20, shape, false, Activation.Tanh, default, 1, gang);
            Convolution.WeightGradient(x, 8, y, 16, w, 20, shape, false, gang);
            Convolution.Transposed(y, 16, w, default, default, x, 8, 20, shape, false, Activation.Tanh, default, 1, gang);
            Pooling.Forward(x, 8, y, 8, 20, pooling, false, gang);
            Pooling.Backward(x, 8, y, 8, x, 8, 20, pooling, true, true, gang);
            Upsampling.Forward(y, 8, x, 8, 20, 6, 6, 8, 2, gang);
        }
    }

    private static float Leaky(float x) => x > 0 ? x : Slope * x;

    private static float Kept(uint[] mask, int i, int columns) => (mask[i / columns] >> (i % columns) & 1) == 0 ? 0 : 2;
}
