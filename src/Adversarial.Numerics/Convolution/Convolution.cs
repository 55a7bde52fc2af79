namespace Adversarial.Numerics;

/// <summary>
/// Convolutions as matrix products of patches (im2row), and their way back (row2im). An element of a convolution's result is one chain of
/// fused multiply-adds in the order of its weights. An element of a transposed one is a sum over the window's places in ascending order,
/// each addend a chain over the channels. Neither depends on the images beside it, on the thread count or on the instruction set.
/// </summary>
public static unsafe class Convolution
{
    /// <summary>Y = dropout(activation(scale * (patches(X) W) + bias)): the small images Y of the large ones X.</summary>
    /// <param name="x">The images X, [images * input pixels, input channels].</param>
    /// <param name="ldx">The row stride of X.</param>
    /// <param name="w">The weights, [patch length, output channels] without gaps.</param>
    /// <param name="scale">A factor for each output channel, or empty for none.</param>
    /// <param name="bias">A summand for each output channel, or empty for none.</param>
    /// <param name="y">The result Y, [images * output pixels, output channels]; must not overlap the other arguments.</param>
    /// <param name="ldy">The row stride of Y.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="shape">The shape of one image's convolution.</param>
    /// <param name="accumulate">Whether the product is added to Y before factor, summand and activation.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="mask">The dropout mask of Y (see <see cref="Dropout"/>), or empty for none.</param>
    /// <param name="maskScale">The factor of the elements that the mask keeps.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the shape is none.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> w, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int ldy,
        int images, in ConvolutionShape shape, bool accumulate, Activation activation, ReadOnlySpan<uint> mask, float maskScale, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Check(x.Length, ldx, nameof(x), w.Length, y.Length, ldy, nameof(y), images, shape);
        Guard.Mask(mask.Length, images * shape.OutputPixels, shape.OutputChannels);
        CheckChannels(scale.Length, bias.Length, shape.OutputChannels);
        fixed (float* px = x, pw = w, pScale = scale, pBias = bias, py = y)
        fixed (uint* pMask = mask)
        {
            ConvolutionJob job = new()
            {
                Large = px,
                LargeRow = ldx,
                Weights = pw,
                Scale = pScale,
                Bias = pBias,
                Small = py,
                SmallRow = ldy,
                Images = images,
                Shape = shape,
                Block = new PatchBlock(shape, images),
                Accumulate = accumulate,
                Activation = activation,
                Mask = pMask,
                MaskScale = maskScale,
            };
            job.Packed = job.Block.IsOne(shape, images) ? null : GemmDispatch.CopyForAll(ConvolutionJob.Products(pw, shape, images), gang);
            gang.Run(ref job, job.Block.Parts);
        }
    }

    /// <summary>
    /// Y = dropout(activation(scale * places(X Wᵀ) + bias)): the large images Y of the small ones X, each place of the window added where the
    /// convolution would have read it. Without scale, bias and activation this is the gradient of <see cref="Forward"/> with respect to its images.
    /// </summary>
    /// <param name="x">The images X, [images * output pixels, output channels]: output is that of the convolution.</param>
    /// <param name="ldx">The row stride of X.</param>
    /// <param name="w">The weights, [patch length, output channels] without gaps.</param>
    /// <param name="scale">A factor for each input channel, or empty for none.</param>
    /// <param name="bias">A summand for each input channel, or empty for none.</param>
    /// <param name="y">The result Y, [images * input pixels, input channels]; must not overlap the other arguments.</param>
    /// <param name="ldy">The row stride of Y.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="shape">The shape of one image's convolution.</param>
    /// <param name="accumulate">Whether the product is added to Y before factor, summand and activation.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="mask">The dropout mask of Y (see <see cref="Dropout"/>), or empty for none.</param>
    /// <param name="maskScale">The factor of the elements that the mask keeps.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the shape is none.</exception>
    public static void Transposed(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> w, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int ldy,
        int images, in ConvolutionShape shape, bool accumulate, Activation activation, ReadOnlySpan<uint> mask, float maskScale, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Check(y.Length, ldy, nameof(y), w.Length, x.Length, ldx, nameof(x), images, shape);
        Guard.Mask(mask.Length, images * shape.InputPixels, shape.InputChannels);
        CheckChannels(scale.Length, bias.Length, shape.InputChannels);
        fixed (float* px = x, pw = w, pScale = scale, pBias = bias, py = y)
        fixed (uint* pMask = mask)
        {
            TransposedConvolutionJob job = new()
            {
                Small = px,
                SmallRow = ldx,
                Weights = pw,
                Scale = pScale,
                Bias = pBias,
                Large = py,
                LargeRow = ldy,
                Images = images,
                Shape = shape,
                Block = new PatchBlock(shape, images),
                Accumulate = accumulate,
                Activation = activation,
                Mask = pMask,
                MaskScale = maskScale,
            };
            job.Packed = job.Block.IsOne(shape, images) || job.IsPlanar ? null : GemmDispatch.CopyForAll(TransposedConvolutionJob.Products(pw, shape, images), gang);
            gang.Run(ref job, job.Block.Parts);
        }
    }

    /// <summary>
    /// dW = patches(X)ᵀ dY, or with <paramref name="accumulate"/> added to what is there: the gradient of the weights of <see cref="Forward"/>,
    /// and with the parts of X and dY changed (the large images' gradient and the small images) of <see cref="Transposed"/>.
    /// </summary>
    /// <param name="x">The large images, [images * input pixels, input channels].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="dy">The small images, [images * output pixels, output channels].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="dw">The result, [patch length, output channels] without gaps.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="shape">The shape of one image's convolution.</param>
    /// <param name="accumulate">Whether the result is added to dW.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, or the shape is none.</exception>
    public static void WeightGradient(
        ReadOnlySpan<float> x, int ldx, ReadOnlySpan<float> dy, int lddy, Span<float> dw, int images, in ConvolutionShape shape, bool accumulate,
        WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Check(x.Length, ldx, nameof(x), dw.Length, dy.Length, lddy, nameof(dy), images, shape);
        fixed (float* px = x, pdy = dy, pdw = dw)
            ConvolutionWeightGradient.Run(px, ldx, pdy, lddy, pdw, images, shape, accumulate, gang);
    }

    private static void Check(int large, int ldLarge, string nameLarge, int weights, int small, int ldSmall, string nameSmall, int images, in ConvolutionShape shape)
    {
        shape.Check();
        Guard.Sizes(images, 0);
        Guard.Matrix(large, ldLarge, checked(images * shape.InputPixels), shape.InputChannels, nameLarge);
        Guard.Matrix(small, ldSmall, checked(images * shape.OutputPixels), shape.OutputChannels, nameSmall);
        Guard.Length(weights, (long)shape.PatchLength * shape.OutputChannels, "w");
    }

    private static void CheckChannels(int scale, int bias, int channels)
    {
        if (scale != 0)
            Guard.Length(scale, channels, nameof(scale));
        if (bias != 0)
            Guard.Length(bias, channels, nameof(bias));
    }
}
