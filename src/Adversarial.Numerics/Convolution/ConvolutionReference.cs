namespace Adversarial.Numerics;

/// <summary>Convolution, pooling and their ways back as plain loops: what the fast paths have to give, bit for bit but for the gradient of weights.</summary>
internal static class ConvolutionReference
{
    // The place in the large image that a pixel of the window has, or -1 on padding.
    private static int Pixel(in WindowAxis rows, in WindowAxis columns, int oy, int ox, int ky, int kx)
    {
        int y = oy * rows.Stride - rows.Before + ky, x = ox * columns.Stride - columns.Before + kx;
        return y < 0 || y >= rows.Input || x < 0 || x >= columns.Input ? -1 : y * columns.Input + x;
    }

    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y, int images, in ConvolutionShape shape)
    {
        for (int image = 0, at = 0; image < images; image++)
        {
            for (int place = 0; place < shape.OutputPixels; place++)
            {
                for (int o = 0; o < shape.OutputChannels; o++, at++)
                {
                    float sum = 0;
                    for (int k = 0; k < shape.PatchLength; k++)
                        sum = MathF.FusedMultiplyAdd(Read(x, image, place, k, shape), w[k * shape.OutputChannels + o], sum);
                    y[at] = sum;
                }
            }
        }
    }

    private static int At(int image, int place, int k, in ConvolutionShape shape)
    {
        int channels = shape.InputChannels, tap = k / channels, width = shape.Columns.Output;
        int pixel = Pixel(shape.Rows, shape.Columns, place / width, place % width, tap / shape.Columns.Window, tap % shape.Columns.Window);
        return pixel < 0 ? -1 : (image * shape.InputPixels + pixel) * channels + k % channels;
    }

    private static float Read(ReadOnlySpan<float> x, int image, int place, int k, in ConvolutionShape shape) =>
        At(image, place, k, shape) is >= 0 and var at ? x[at] : 0;

    public static void Transposed(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y, int images, in ConvolutionShape shape)
    {
        y[..(images * shape.InputPixels * shape.InputChannels)].Clear();
        for (int image = 0; image < images; image++)
        {
            for (int place = 0; place < shape.OutputPixels; place++)
            {
                for (int k = 0; k < shape.PatchLength; k++)
                {
                    if (At(image, place, k, shape) is not (>= 0 and var at))
                        continue;
                    float sum = 0;
                    for (int o = 0; o < shape.OutputChannels; o++)
                        sum = MathF.FusedMultiplyAdd(x[(image * shape.OutputPixels + place) * shape.OutputChannels + o], w[k * shape.OutputChannels + o], sum);
                    y[at] += sum;
                }
            }
        }
    }

    public static void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<double> dw, int images, in ConvolutionShape shape)
    {
        dw.Clear();
        for (int image = 0; image < images; image++)
        {
            for (int place = 0; place < shape.OutputPixels; place++)
            {
                for (int k = 0; k < shape.PatchLength; k++)
                {
                    for (int o = 0; o < shape.OutputChannels; o++)
                        dw[k * shape.OutputChannels + o] += (double)Read(x, image, place, k, shape) * dy[(image * shape.OutputPixels + place) * shape.OutputChannels + o];
                }
            }
        }
    }

    /// <summary>Pooling and its way back, where there is a gradient to take back.</summary>
    public static void Pool(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<float> dy, Span<float> dx, int images, in PoolingShape shape, bool ofMeans)
    {
        dx.Clear();
        for (int at = 0; at < images * shape.OutputPixels * shape.Channels; at++)
        {
            int c = at % shape.Channels, place = at / shape.Channels % shape.OutputPixels, image = at / shape.Channels / shape.OutputPixels;
            var covered = new List<int>();
            for (int tap = 0; tap < shape.Rows.Window * shape.Columns.Window; tap++)
            {
                int pixel = Pixel(shape.Rows, shape.Columns, place / shape.Columns.Output, place % shape.Columns.Output, tap / shape.Columns.Window, tap % shape.Columns.Window);
                if (pixel >= 0)
                    covered.Add((image * shape.InputPixels + pixel) * shape.Channels + c);
            }

            int winner = covered[0];
            float sum = 0, share = 1f / covered.Count;
            foreach (int pixel in covered)
            {
                sum += x[pixel];
                winner = x[pixel] > x[winner] ? pixel : winner;
            }

            y[at] = ofMeans ? share * sum : x[winner];
            if (dy.IsEmpty)
                continue;
            if (!ofMeans)
                dx[winner] += dy[at];
            for (int i = 0; ofMeans && i < covered.Count; i++)
                dx[covered[i]] = MathF.FusedMultiplyAdd(share, dy[at], dx[covered[i]]);
        }
    }
}
