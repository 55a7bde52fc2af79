using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class ReferenceDevice
{
    // Calls back with the row of each pixel that the window covers at each place of each image: large row, tap, small row.
    private static void ForWindows(in WindowAxis rows, in WindowAxis columns, int images, Action<int, int, int> visit)
    {
        for (int small = 0; small < images * rows.Output * columns.Output; small++)
        {
            int image = small / (rows.Output * columns.Output), oy = small / columns.Output % rows.Output, ox = small % columns.Output;
            for (int tap = 0; tap < rows.Window * columns.Window; tap++)
            {
                int y = oy * rows.Stride - rows.Before + tap / columns.Window, x = ox * columns.Stride - columns.Before + tap % columns.Window;
                if (y >= 0 && y < rows.Input && x >= 0 && x < columns.Input)
                    visit((image * rows.Input + y) * columns.Input + x, tap, small);
            }
        }
    }

    private static void Finish(double[,] sums, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation, in DropoutMask dropout)
    {
        (Matrix factor, Matrix offset, Matrix result, DropoutMask mask) = (scale, bias, y, dropout);
        ForEach(y, false, (r, c) =>
        {
            double sum = sums[r, c] + (accumulate ? At(result, r, c) : 0);
            sum = sum * (factor.IsNone ? 1 : At(factor, 0, c)) + (offset.IsNone ? 0 : At(offset, 0, c));
            return Kept(mask, r, c) * Value(activation, sum);
        });
    }

    /// <inheritdoc/>
    public void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
        (Matrix from, Matrix w, int inputs, int outputs) = (x, weights, shape.InputChannels, shape.OutputChannels);
        var sums = new double[y.Rows, y.Columns];
        ForWindows(shape.Rows, shape.Columns, x.Rows / shape.InputPixels, (large, tap, small) =>
        {
            for (int i = 0; i < inputs * outputs; i++)
                sums[small, i % outputs] += At(from, large, i / outputs) * At(w, tap * inputs + i / outputs, i % outputs);
        });
        Finish(sums, scale, bias, y, accumulate, activation, dropout);
    }

    /// <inheritdoc/>
    public void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
        (Matrix from, Matrix w, int inputs, int outputs) = (x, weights, shape.InputChannels, shape.OutputChannels);
        var sums = new double[y.Rows, y.Columns];
        ForWindows(shape.Rows, shape.Columns, x.Rows / shape.OutputPixels, (large, tap, small) =>
        {
            for (int i = 0; i < inputs * outputs; i++)
                sums[large, i / outputs] += At(from, small, i % outputs) * At(w, tap * inputs + i / outputs, i % outputs);
        });
        Finish(sums, scale, bias, y, accumulate, activation, dropout);
    }

    /// <inheritdoc/>
    public void ConvolutionWeightGradient(in Matrix large, in Matrix small, in Matrix weightGradient, in ConvolutionShape shape, bool accumulate)
    {
        (Matrix from, Matrix upstream, Matrix gradient, int inputs, int outputs) = (large, small, weightGradient, shape.InputChannels, shape.OutputChannels);
        if (!accumulate)
            Fill(gradient, 0);
        ForWindows(shape.Rows, shape.Columns, large.Rows / shape.InputPixels, (of, tap, to) =>
        {
            for (int i = 0; i < inputs * outputs; i++)
                At(gradient, tap * inputs + i / outputs, i % outputs) += At(from, of, i / outputs) * At(upstream, to, i % outputs);
        });
    }

    /// <inheritdoc/>
    public void ColumnSums(in Matrix x, in Matrix sums, bool accumulate)
    {
        Matrix from = x;
        ForEach(sums, accumulate, (_, c) => Enumerable.Range(0, from.Rows).Sum(r => At(from, r, c)));
    }

    /// <inheritdoc/>
    public void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans)
    {
        (Matrix from, List<int>[] covered) = (x, Windows(shape, x.Rows / shape.InputPixels));
        ForEach(y, false, (r, c) => ofMeans ? covered[r].Average(pixel => At(from, pixel, c)) : covered[r].Max(pixel => At(from, pixel, c)));
    }

    /// <inheritdoc/>
    public void PoolGradient(in Matrix x, in Matrix dy, in Matrix dx, in PoolingShape shape, bool ofMeans, bool accumulate)
    {
        List<int>[] covered = Windows(shape, x.Rows / shape.InputPixels);
        if (!accumulate)
            Fill(dx, 0);
        for (int i = 0; i < dy.Rows * dy.Columns; i++)
        {
            (Matrix from, int row, int c) = (x, i / dy.Columns, i % dy.Columns);
            List<int> pixels = covered[row];
            foreach (int pixel in ofMeans ? pixels : [pixels.MaxBy(pixel => At(from, pixel, c))])
                At(dx, pixel, c) += At(dy, row, c) / (ofMeans ? pixels.Count : 1);
        }
    }

    private static List<int>[] Windows(in PoolingShape shape, int images)
    {
        List<int>[] covered = [.. Enumerable.Range(0, images * shape.OutputPixels).Select(_ => new List<int>())];
        ForWindows(shape.Rows, shape.Columns, images, (large, _, small) => covered[small].Add(large));
        return covered;
    }

    // The row of the small maps that a row of the large ones repeats.
    private static int Origin(int row, int height, int width, int factor)
    {
        int line = row / (width * factor), image = line / (height * factor);
        return (image * height + line % (height * factor) / factor) * width + row % (width * factor) / factor;
    }

    /// <inheritdoc/>
    public void Upsample(in Matrix x, in Matrix y, int height, int width, int factor)
    {
        Matrix from = x;
        ForEach(y, false, (r, c) => At(from, Origin(r, height, width, factor), c));
    }

    /// <inheritdoc/>
    public void UpsampleGradient(in Matrix dy, in Matrix dx, int height, int width, int factor, bool accumulate)
    {
        if (!accumulate)
            Fill(dx, 0);
        for (int i = 0; i < dy.Rows * dy.Columns; i++)
            At(dx, Origin(i / dy.Columns, height, width, factor), i % dy.Columns) += At(dy, i / dy.Columns, i % dy.Columns);
    }
}
