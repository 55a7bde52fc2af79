namespace Adversarial.Numerics;

/// <summary>
/// Maximum and mean over windows of images, and their way back. A window that reaches over the border has the pixels that there are: padding
/// is neither compared nor counted.
/// </summary>
public static unsafe class Pooling
{
    /// <summary>Y = the largest, or the mean, of each channel in each window.</summary>
    /// <param name="x">The images, [images * input pixels, channels].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="y">The result, [images * output pixels, channels]; must not overlap x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="shape">The shape of one image's pooling.</param>
    /// <param name="ofMeans">Whether means are taken instead of maxima.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the shape is none.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int ldx, Span<float> y, int ldy, int images, in PoolingShape shape, bool ofMeans, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Check(x.Length, ldx, y.Length, ldy, images, shape);
        fixed (float* px = x, py = y)
        {
            PoolingJob job = new() { X = px, XRow = ldx, Y = py, YRow = ldy, Shape = shape, OfMeans = ofMeans };
            gang.Run(ref job, images);
        }
    }

    /// <summary>
    /// dX (+)= the gradient of <see cref="Forward"/>: each window's goes to the first of its largest pixels, or evenly to all that it covers.
    /// </summary>
    /// <param name="x">The images that were read, [images * input pixels, channels]; of no use where means were taken.</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="dy">The gradient, [images * output pixels, channels].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="dx">The result, [images * input pixels, channels]; must not overlap the other arguments.</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="shape">The shape of one image's pooling.</param>
    /// <param name="ofMeans">Whether means were taken instead of maxima.</param>
    /// <param name="accumulate">Whether the result is added to dX.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the shape is none.</exception>
    public static void Backward(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> dy, int lddy, Span<float> dx, int lddx, int images, in PoolingShape shape,
        bool ofMeans, bool accumulate, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Check(dx.Length, lddx, dy.Length, lddy, images, shape);
        if (!ofMeans)
            Guard.Matrix(x.Length, ldx, images * shape.InputPixels, shape.Channels, nameof(x));
        fixed (float* px = x, pdy = dy, pdx = dx)
        {
            PoolingJob job = new() { X = px, XRow = ldx, Y = pdy, YRow = lddy, Dx = pdx, DxRow = lddx, Shape = shape, OfMeans = ofMeans, Accumulate = accumulate };
            gang.Run(ref job, images);
        }
    }

    private static void Check(int large, int ldLarge, int small, int ldSmall, int images, in PoolingShape shape)
    {
        shape.Check();
        Guard.Sizes(images, 0);
        Guard.Matrix(large, ldLarge, checked(images * shape.InputPixels), shape.Channels, "x");
        Guard.Matrix(small, ldSmall, checked(images * shape.OutputPixels), shape.Channels, "y");
    }
}
