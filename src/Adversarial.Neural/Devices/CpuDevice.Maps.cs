using Adversarial.Numerics;
using NumericConvolution = Adversarial.Numerics.Convolution;

namespace Adversarial.Neural;

public sealed partial class CpuDevice
{
    /// <inheritdoc/>
    public void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout) =>
        NumericConvolution.Forward(Read(x), x.Stride, Read(weights), Read(scale), Read(bias), Write(y), y.Stride, x.Rows / shape.InputPixels, shape,
            accumulate, activation, Bits(dropout), dropout.Scale, _gang);

    /// <inheritdoc/>
    public void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout) =>
        NumericConvolution.Transposed(Read(x), x.Stride, Read(weights), Read(scale), Read(bias), Write(y), y.Stride, x.Rows / shape.OutputPixels, shape,
            accumulate, activation, Bits(dropout), dropout.Scale, _gang);

    /// <inheritdoc/>
    public void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate) =>
        NumericConvolution.WeightGradient(Read(large), large.Stride, Read(small), small.Stride, Write(weightGradient), large.Rows / shape.InputPixels, shape,
            accumulate, _gang);

    /// <inheritdoc/>
    public void ColumnSums(in Matrix x, in Matrix sums, bool accumulate) =>
        Gemm.WeightGradient(default, 0, Read(x), x.Stride, default, x.Columns, Write(sums), x.Rows, 0, x.Columns, accumulate, default, _gang);

    /// <inheritdoc/>
    public void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans) =>
        Pooling.Forward(Read(x), x.Stride, Write(y), y.Stride, x.Rows / shape.InputPixels, shape, ofMeans, _gang);

    /// <inheritdoc/>
    public void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate) =>
        Pooling.Backward(Read(x), x.Stride, Read(dy), dy.Stride, Write(dx), dx.Stride, x.Rows / shape.InputPixels, shape, ofMeans, accumulate, _gang);

    /// <inheritdoc/>
    public void Upsample(in Matrix x, in Matrix y, int height, int width, int factor) =>
        Upsampling.Forward(Read(x), x.Stride, Write(y), y.Stride, x.Rows / (height * width), height, width, x.Columns, factor, _gang);

    /// <inheritdoc/>
    public void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate) =>
        Upsampling.Backward(Read(dy), dy.Stride, Write(dx), dx.Stride, dx.Rows / (height * width), height, width, dx.Columns, factor, accumulate, _gang);
}
