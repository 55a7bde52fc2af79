using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        int lines = Shape.Rows.Output, line = Shape.Columns.Output;
        for (int oy = 0; oy < lines; oy++, y += line * YRow)
        {
            (int top, int bottom) = PoolingShape.Covered(Shape.Rows, oy);
            if (Dx == null)
                Forward(x + (nint)top * Shape.Columns.Input * XRow, y, bottom - top, line);
            else if (OfMeans)
                ReturnMeans(y, dx + (nint)top * Shape.Columns.Input * DxRow, bottom - top, line);
            else
                ReturnMaxima(x + (nint)top * Shape.Columns.Input * XRow, y, dx + (nint)top * Shape.Columns.Input * DxRow, bottom - top, line);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Forward(float* x, float* y, int height, int line)
    {
        WindowAxis columns = Shape.Columns;
        nint row = XRow, width = columns.Input * row, yRow = YRow;
        int channels = Shape.Channels;
        bool ofMeans = OfMeans;
        for (int ox = 0; ox < line; ox++, y += yRow)
        {
            (int left, int right) = PoolingShape.Covered(columns, ox);
            float* from = x + left * row;
            PixelRuns.Copy(from, y, channels);
            for (int i = 0, j = 1; i < height; i++, j = 0, from += width)
            {
                for (; j < right - left; j++)
                {
                    if (ofMeans)
                        PixelRuns.Add(from + j * row, y, channels);
                    else
                        PixelRuns.Raise(from + j * row, y, channels);
                }
            }

            if (ofMeans)
                PixelRuns.Scale(y, 1f / (height * (right - left)), y, channels, accumulate: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ReturnMeans(float* dy, float* dx, int height, int line)
    {
        WindowAxis columns = Shape.Columns;
        nint row = DxRow, width = columns.Input * row, dyRow = YRow;
        int channels = Shape.Channels;
        for (int ox = 0; ox < line; ox++, dy += dyRow)
        {
            (int left, int right) = PoolingShape.Covered(columns, ox);
            float share = 1f / (height * (right - left));
            for (int i = 0; i < height; i++)
            {
                for (int j = left; j < right; j++)
                    PixelRuns.Scale(dy, share, dx + i * width + j * row, channels, accumulate: true);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ReturnMaxima(float* x, float* dy, float* dx, int height, int line)
    {
        WindowAxis columns = Shape.Columns;
        int channels = Shape.Channels;
        for (int ox = 0; ox < line; ox++, dy += YRow)
        {
            (int left, int right) = PoolingShape.Covered(columns, ox);
            PoolingWindow window = new()
            {
                X = x + left * XRow,
                XRow = XRow,
                XLine = columns.Input * XRow,
                Dx = dx + left * DxRow,
                DxRow = DxRow,
                DxLine = columns.Input * DxRow,
                Height = height,
                Width = right - left,
            };
            int c = 0;
            for (; c <= channels - 8; c += 8)
                window.Return<Simd256, Vector256<float>>(c, dy + c, 8);
            for (; c < channels; c += 4)
                window.Return<Simd128, Vector128<float>>(c, dy + c, Math.Min(4, channels - c));
        }
    }
}
