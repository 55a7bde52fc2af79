namespace Adversarial.Numerics;

/// <summary>Pooling of one image to a part, or the way back where there is a place for its gradient.</summary>
internal unsafe struct PoolingJob : IParallelJob
{
    public float* X;
    public nint XRow;
    public float* Y;
    public nint YRow;
    public float* Dx;
    public nint DxRow;
    public PoolingShape Shape;
    public bool OfMeans;
    public bool Accumulate;

    public readonly void Run(int part)
    {
        nint first = (nint)part * Shape.InputPixels;
        float* x = X + first * XRow, y = Y + (nint)part * Shape.OutputPixels * YRow, dx = Dx + first * DxRow;
        if (Dx != null && !Accumulate)
            Clear(dx);
        for (int oy = 0; oy < Shape.Rows.Output; oy++)
        {
            (int top, int bottom) = PoolingShape.Covered(Shape.Rows, oy);
            for (int ox = 0; ox < Shape.Columns.Output; ox++, y += YRow)
            {
                (int left, int right) = PoolingShape.Covered(Shape.Columns, ox);
                if (Dx != null)
                    Return(x, y, dx, top, bottom, left, right);
                else if (OfMeans)
                    Average(x, y, top, bottom, left, right);
                else
                    Largest(x, y, top, bottom, left, right);
            }
        }
    }

    private readonly void Clear(float* dx)
    {
        if (DxRow == Shape.Channels)
        {
            new Span<float>(dx, Shape.InputPixels * Shape.Channels).Clear();
            return;
        }

        for (int i = 0; i < Shape.InputPixels; i++)
            new Span<float>(dx + i * DxRow, Shape.Channels).Clear();
    }

    private readonly void Largest(float* x, float* y, int top, int bottom, int left, int right)
    {
        int width = Shape.Columns.Input, channels = Shape.Channels;
        Buffer.MemoryCopy(x + (top * width + left) * XRow, y, channels * sizeof(float), channels * sizeof(float));
        for (int iy = top; iy < bottom; iy++)
        {
            for (int ix = left; ix < right; ix++)
                PixelRuns.Raise(x + (iy * width + ix) * XRow, y, channels);
        }
    }

    private readonly void Average(float* x, float* y, int top, int bottom, int left, int right)
    {
        int width = Shape.Columns.Input, channels = Shape.Channels;
        new Span<float>(y, channels).Clear();
        for (int iy = top; iy < bottom; iy++)
        {
            for (int ix = left; ix < right; ix++)
                PixelRuns.Add(x + (iy * width + ix) * XRow, y, channels);
        }

        PixelRuns.Scale(y, 1f / ((bottom - top) * (right - left)), y, channels, accumulate: false);
    }

    private readonly void Return(float* x, float* dy, float* dx, int top, int bottom, int left, int right)
    {
        int width = Shape.Columns.Input, channels = Shape.Channels;
        float share = 1f / ((bottom - top) * (right - left));
        if (!OfMeans)
        {
            for (int c = 0; c < channels; c++)
                dx[Winner(x, top, bottom, left, right, c) * DxRow + c] += dy[c];
            return;
        }

        for (int iy = top; iy < bottom; iy++)
        {
            for (int ix = left; ix < right; ix++)
                PixelRuns.Scale(dy, share, dx + (iy * width + ix) * DxRow, channels, accumulate: true);
        }
    }

    // The first pixel of the largest value.
    private readonly nint Winner(float* x, int top, int bottom, int left, int right, int channel)
    {
        int width = Shape.Columns.Input;
        nint winner = top * width + left;
        float most = x[winner * XRow + channel];
        for (int iy = top; iy < bottom; iy++)
        {
            nint pixel = iy * width + left;
            float* value = x + pixel * XRow + channel;
            for (int ix = left; ix < right; ix++, pixel++, value += XRow)
                (most, winner) = *value > most ? (*value, pixel) : (most, winner);
        }

        return winner;
    }
}
