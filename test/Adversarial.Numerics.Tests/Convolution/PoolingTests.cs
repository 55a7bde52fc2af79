namespace Adversarial.Numerics.Tests;

/// <summary>Pooling and upsampling equal plain loops.</summary>
public class PoolingTests
{
    public static TheoryData<WindowAxis, WindowAxis, int, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<WindowAxis, WindowAxis, int, bool>();
            foreach (bool ofMeans in (bool[])[false, true])
            {
                shapes.Add(new WindowAxis(6, 2, 2), new WindowAxis(7, 2, 2), 1, ofMeans);
                shapes.Add(new WindowAxis(4, 2, 2), new WindowAxis(4, 2, 2), 13, ofMeans);
                shapes.Add(WindowAxis.Same(7, 3, 2), WindowAxis.Same(6, 3, 1), 4, ofMeans);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PoolingAndItsWayBack(WindowAxis rows, WindowAxis columns, int channels, bool ofMeans)
    {
        const int Images = 3;
        PoolingShape shape = new(rows, columns, channels);

        // Few values, so that the largest of a window is often there twice.
        float[] x = [.. TestData.Floats(Images * shape.InputPixels * channels, 1).Select(value => MathF.Round(2 * value))];
        float[] dy = TestData.Floats(Images * shape.OutputPixels * channels, 2), expected = new float[dy.Length], expectedBack = new float[x.Length];
        ConvolutionReference.Pool(x, expected, dy, expectedBack, Images, shape, ofMeans);
        using WorkerGang gang = new(2);
        foreach (WorkerGang threads in (WorkerGang[])[WorkerGang.Single, gang])
        {
            float[] y = new float[dy.Length], dx = TestData.Floats(x.Length, 3);
            Pooling.Forward(x, channels, y, channels, Images, shape, ofMeans, threads);
            TestData.SameBits(expected, y, "forward");
            Pooling.Backward(x, channels, dy, channels, dx, channels, Images, shape, ofMeans, accumulate: false, threads);
            TestData.SameBits(expectedBack, dx, "backward");
            Pooling.Backward(x, channels, dy, channels, dx, channels, Images, shape, ofMeans, accumulate: true, threads);
            TestData.Near([.. expectedBack.Select(value => 2 * value)], dx, 1e-6f, 1e-6f, "added");
        }
    }

    [Fact]
    public void AWindowOfPaddingAloneIsRefused()
    {
        float[] x = new float[4], y = new float[9];
        PoolingShape shape = new(new WindowAxis(2, 2, 2, 2, 2), new WindowAxis(2, 2, 2, 2, 2), 1);
        Assert.Throws<ArgumentException>(() => Pooling.Forward(x, 1, y, 1, 1, shape, ofMeans: false, WorkerGang.Single));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 3)]
    [InlineData(9, 1)]
    public void UpsamplingAndItsWayBack(int channels, int factor)
    {
        const int Images = 2, Height = 3, Width = 4;
        float[] x = TestData.Floats(Images * Height * Width * channels, 1), y = new float[x.Length * factor * factor], dx = new float[x.Length];
        Upsampling.Forward(x, channels, y, channels, Images, Height, Width, channels, factor, WorkerGang.Single);
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % channels, column = i / channels % (Width * factor), line = i / channels / (Width * factor) % (Height * factor), image = i / (y.Length / Images);
            Assert.Equal(x[((image * Height + line / factor) * Width + column / factor) * channels + c], y[i]);
        }

        Upsampling.Backward(y, channels, dx, channels, Images, Height, Width, channels, factor, accumulate: false, WorkerGang.Single);
        TestData.Near([.. x.Select(value => factor * factor * value)], dx, 1e-6f, 1e-6f, "backward");
        Upsampling.Backward(y, channels, dx, channels, Images, Height, Width, channels, factor, accumulate: true, WorkerGang.Single);
        TestData.Near([.. x.Select(value => 2 * factor * factor * value)], dx, 1e-6f, 1e-6f, "added");
    }
}
