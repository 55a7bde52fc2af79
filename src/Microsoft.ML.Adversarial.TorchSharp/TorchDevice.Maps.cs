using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using Functional = TorchSharp.torch.nn.functional;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>Images: convolutions, pooling, upsampling. The engine's maps are [images * pixels, channels]; LibTorch sees them as images in channels-last order.</content>
public sealed partial class TorchDevice
{
    // Images [n, height, width, channels] of a matrix.
    private static TorchTensor Pixels(in Matrix maps, int height, int width) =>
        View(maps).view(maps.Rows / (height * width), height, width, maps.Columns);

    // The same as LibTorch's functions take them, [n, channels, height, width].
    private static TorchTensor Images(in Matrix maps, int height, int width) => Pixels(maps, height, width).permute(0, 3, 1, 2);

    private static TorchTensor Rows(TorchTensor images)
    {
        long channels = images.shape[1];
        return images.permute(0, 2, 3, 1).reshape(-1, channels);
    }

    // Pixels that the window covers from its first place to its last; what the padding behind is then, which is negative where some pixels are never covered.
    private static int Covered(in WindowAxis axis) => (axis.Output - 1) * axis.Stride + axis.Window;

    private static int After(in WindowAxis axis) => Covered(axis) - axis.Before - axis.Input;

    private static TorchTensor Pad(TorchTensor images, in WindowAxis rows, in WindowAxis columns, double value = 0) =>
        (rows.Before, After(rows), columns.Before, After(columns)) is (0, 0, 0, 0)
            ? images
            : Functional.pad(images, [columns.Before, After(columns), rows.Before, After(rows)], PaddingModes.Constant, value);

    private static TorchTensor Unpad(TorchTensor images, in WindowAxis rows, in WindowAxis columns) =>
        (rows.Before, After(rows), columns.Before, After(columns)) is (0, 0, 0, 0)
            ? images
            : Functional.pad(images, [-columns.Before, -After(columns), -rows.Before, -After(rows)], PaddingModes.Constant, 0);

    // [output channels, input channels, height, width].
    private static TorchTensor Kernels(in Matrix weights, in ConvolutionShape shape) =>
        View(weights).view(shape.Rows.Window, shape.Columns.Window, shape.InputChannels, shape.OutputChannels).permute(3, 2, 0, 1);

    /// <inheritdoc/>
    public void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor images = Pad(Images(x, shape.Rows.Input, shape.Columns.Input), shape.Rows, shape.Columns);
        Write(y, Rows(Functional.conv2d(images, Kernels(weights, shape), strides: [shape.Rows.Stride, shape.Columns.Stride])), accumulate);
        Finish(y, scale, bias, activation, dropout);
    }

    /// <inheritdoc/>
    public void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor images = Images(x, shape.Rows.Output, shape.Columns.Output);
        TorchTensor large = Functional.conv_transpose2d(images, Kernels(weights, shape), strides: [shape.Rows.Stride, shape.Columns.Stride]);
        Write(y, Rows(Unpad(large, shape.Rows, shape.Columns)), accumulate);
        Finish(y, scale, bias, activation, dropout);
    }

    /// <inheritdoc/>
    public void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (WindowAxis rows, WindowAxis columns, int inputs) = (shape.Rows, shape.Columns, shape.InputChannels);
        TorchTensor images = Pad(Images(large, rows.Input, columns.Input), rows, columns).permute(0, 2, 3, 1), upstream = View(small);
        for (int tap = 0; tap < rows.Window * columns.Window; tap++)
        {
            TorchTensor covered = At(At(images, 1, tap / columns.Window, rows), 2, tap % columns.Window, columns).reshape(-1, inputs);
            View(weightGradient.Slice(tap * inputs, inputs, 0, shape.OutputChannels)).addmm_(covered.t(), upstream, beta: accumulate ? 1 : 0, alpha: 1);
        }
    }

    // What one pixel of the window sees at all of its places.
    private static TorchTensor At(TorchTensor padded, int dimension, int first, in WindowAxis axis) =>
        padded.slice(dimension, first, first + (axis.Output - 1) * axis.Stride + 1, axis.Stride);

    /// <inheritdoc/>
    public void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor images = Images(x, shape.Rows.Input, shape.Columns.Input);
        if (ofMeans)
        {
            TorchTensor sums = Functional.avg_pool2d(Pad(images, shape.Rows, shape.Columns), Window(shape), Strides(shape), divisor_override: 1);
            View(y).copy_(Rows(sums.div_(CoveredPixels(shape))));
            return;
        }

        View(y).copy_(Rows(Functional.max_pool2d(Pad(images, shape.Rows, shape.Columns, double.NegativeInfinity), Window(shape), Strides(shape))));
    }

    private static long[] Window(in PoolingShape shape) => [shape.Rows.Window, shape.Columns.Window];

    private static long[] Strides(in PoolingShape shape) => [shape.Rows.Stride, shape.Columns.Stride];

    // [output height, output width]: pixels of the image, without its padding, at each place of the window.
    private TorchTensor CoveredPixels(in PoolingShape shape)
    {
        var counts = new float[shape.OutputPixels];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = Count(shape.Rows, i / shape.Columns.Output) * Count(shape.Columns, i % shape.Columns.Output);
        return OnDevice(counts, shape.Rows.Output, shape.Columns.Output);
    }

    private static int Count(in WindowAxis axis, int place)
    {
        int first = place * axis.Stride - axis.Before;
        return Math.Min(first + axis.Window, axis.Input) - Math.Max(first, 0);
    }

    /// <inheritdoc/>
    public void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (WindowAxis rows, WindowAxis columns) = (shape.Rows, shape.Columns);
        TorchTensor images = Images(x, rows.Input, columns.Input), upstream = Images(dy, rows.Output, columns.Output);
        long n = images.shape[0], channels = x.Columns;
        TorchTensor padded = torch.zeros([n, channels, Covered(rows), Covered(columns)], torch.float32, _device);
        if (ofMeans)
        {
            TorchTensor shares = upstream.div(CoveredPixels(shape));
            for (int tap = 0; tap < rows.Window * columns.Window; tap++)
                At(At(padded, 2, tap / columns.Window, rows), 3, tap % columns.Window, columns).Increase(shares);
        }
        else
        {
            (TorchTensor largest, TorchTensor places) = Functional.max_pool2d_with_indices(
                Pad(images, rows, columns, double.NegativeInfinity), Window(shape), Strides(shape));
            largest.Dispose();
            padded.view(n, channels, -1).scatter_add_(2, places.reshape(n, channels, -1), upstream.reshape(n, channels, -1));
        }

        Write(dx, Rows(Unpad(padded, rows, columns)), accumulate);
    }

    /// <inheritdoc/>
    public void Upsample(in Matrix x, in Matrix y, int height, int width, int factor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long n = x.Rows / (height * width), channels = x.Columns;
        TorchTensor repeated = View(x).view(n, height, 1, width, 1, channels).expand(n, height, factor, width, factor, channels);
        View(y).copy_(repeated.reshape(-1, channels));
    }

    /// <inheritdoc/>
    public void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long n = dx.Rows / (height * width), channels = dx.Columns;
        TorchTensor upstream = View(dy).view(n, height, factor, width, factor, channels);
        Write(dx, upstream.sum([2, 4]).reshape(-1, channels), accumulate);
    }
}
