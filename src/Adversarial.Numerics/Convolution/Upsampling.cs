using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>Images enlarged by whole numbers, each pixel becoming a block of its like (nearest neighbour), and the way back.</summary>
public static unsafe class Upsampling
{
    /// <summary>Y = X enlarged.</summary>
    /// <param name="x">The images, [images * height * width, channels].</param>
    /// <param name="ldx">The row stride of x.</param>
    /// <param name="y">The result, [images * height * factor * width * factor, channels]; must not overlap x.</param>
    /// <param name="ldy">The row stride of y.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="height">Height of the small image.</param>
    /// <param name="width">Width of the small image.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="factor">By how much both sides grow, at least 1.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int ldx, Span<float> y, int ldy, int images, int height, int width, int channels, int factor, WorkerGang gang) =>
        Run(x, ldx, y, ldy, images, height, width, channels, factor, back: false, accumulate: false, gang);

    /// <summary>dX (+)= the sums of dY over the blocks, line by line.</summary>
    /// <param name="dy">The gradient, [images * height * factor * width * factor, channels].</param>
    /// <param name="lddy">The row stride of dy.</param>
    /// <param name="dx">The result, [images * height * width, channels]; must not overlap dy.</param>
    /// <param name="lddx">The row stride of dx.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="height">Height of the small image.</param>
    /// <param name="width">Width of the small image.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="factor">By how much both sides had grown, at least 1.</param>
    /// <param name="accumulate">Whether the result is added to dX.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape.</exception>
    public static void Backward(
        ReadOnlySpan<float> dy, int lddy, Span<float> dx, int lddx, int images, int height, int width, int channels, int factor, bool accumulate,
        WorkerGang gang) =>
        Run(dx, lddx, dy, lddy, images, height, width, channels, factor, back: true, accumulate, gang);

    private static void Run(
        ReadOnlySpan<float> small, int ldSmall, ReadOnlySpan<float> large, int ldLarge, int images, int height, int width, int channels, int factor,
        bool back, bool accumulate, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Sizes(images, Math.Min(height, Math.Min(width, channels)));
        Guard.Same(factor >= 1, "An image grows by a factor of at least 1.");
        int pixels = checked(images * height * width);
        Guard.Matrix(small.Length, ldSmall, pixels, channels, nameof(small));
        Guard.Matrix(large.Length, ldLarge, checked(pixels * factor * factor), channels, nameof(large));
        fixed (float* pSmall = small, pLarge = large)
        {
            Job job = new()
            {
                Small = pSmall,
                SmallRow = ldSmall,
                Large = pLarge,
                LargeRow = ldLarge,
                Height = height,
                Width = width,
                Channels = channels,
                Factor = factor,
                Back = back,
                Accumulate = accumulate,
            };
            gang.Run(ref job, images);
        }
    }

    private struct Job : IParallelJob
    {
        public float* Small;
        public nint SmallRow;
        public float* Large;
        public nint LargeRow;
        public int Height;
        public int Width;
        public int Channels;
        public int Factor;
        public bool Back;
        public bool Accumulate;

        public readonly void Run(int part)
        {
            nint first = (nint)part * Height * Width, line = Width * SmallRow, lineOfLarge = Width * Factor * LargeRow;
            float* small = Small + first * SmallRow, large = Large + first * Factor * Factor * LargeRow;
            if (Back && !Accumulate)
                Clear(small);
            for (int y = 0; y < Height; y++, small += line)
            {
                for (int i = 0; i < Factor; i++, large += lineOfLarge)
                {
                    if (Back)
                        Add(large, small);
                    else
                        Repeat(small, large);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Repeat(float* small, float* large)
        {
            int factor = Factor, channels = Channels;
            nint row = SmallRow, rowOfLarge = LargeRow;
            for (int x = Width; x > 0; x--, small += row)
            {
                for (int j = factor; j > 0; j--, large += rowOfLarge)
                    PixelRuns.Copy(small, large, channels);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Add(float* large, float* small)
        {
            int factor = Factor, channels = Channels;
            nint row = SmallRow, rowOfLarge = LargeRow;
            for (int x = Width; x > 0; x--, small += row)
            {
                for (int j = factor; j > 0; j--, large += rowOfLarge)
                    PixelRuns.Add(large, small, channels);
            }
        }

        private readonly void Clear(float* small)
        {
            for (int i = 0; i < Height * Width; i++)
                new Span<float>(small + i * SmallRow, Channels).Clear();
        }
    }
}
