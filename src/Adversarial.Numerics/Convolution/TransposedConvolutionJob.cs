namespace Adversarial.Numerics;

/// <summary>A transposed convolution, some images to a part: multiply, scatter patches, take the padding off.</summary>
internal unsafe struct TransposedConvolutionJob : IParallelJob
{
    // Patches of so few channels are scattered plane by plane, with whole lines as vectors.
    private const int MostPlanes = 4;

    public float* Small;
    public int SmallRow;
    public float* Weights;
    public float* Packed;
    public float* Scale;
    public float* Bias;
    public float* Large;
    public nint LargeRow;
    public int Images;
    public ConvolutionShape Shape;
    public PatchBlock Block;
    public bool Accumulate;
    public Activation Activation;
    public uint* Mask;
    public float MaskScale;

    public readonly bool IsPlanar => Shape.InputChannels <= MostPlanes && Shape.Columns.Stride == 1;

    /// <summary>The products of all blocks together, where these are not planar.</summary>
    public static Product Products(float* weights, in ConvolutionShape shape, int images) => new()
    {
        ARow = shape.OutputChannels,
        AStep = 1,
        B = weights,
        BStep = shape.OutputChannels,
        BTransposed = true,
        Rows = images * shape.OutputPixels,
        Columns = shape.PatchLength,
        Depth = shape.OutputChannels,
    };

    public readonly void Run(int part)
    {
        int first = part * Block.Images, end = Math.Min(first + Block.Images, Images), lines = Shape.Rows.Output, line = Shape.Columns.Output;
        int linesOfBlock = Block.Capacity / line;
        float* patches = PatchMemory.Get(Block, Shape, out float* padded);
        bool planar = IsPlanar;

        // Images of few pixels share a product, images of many have several.
        int imagesOfBlock = Math.Max(linesOfBlock / lines, 1);
        for (int i = first; i < end; i += imagesOfBlock)
        {
            int count = Math.Min(imagesOfBlock, end - i);
            if (linesOfBlock >= lines)
                Multiply(i * Shape.OutputPixels, count * Shape.OutputPixels, planar, patches);
            for (int k = 0; k < count; k++)
            {
                new Span<float>(padded, Shape.PaddedLength).Clear();
                for (int y = 0; y < lines; y += linesOfBlock)
                    Scatter(i + k, k, y, Math.Min(linesOfBlock, lines - y), count * Shape.OutputPixels, planar, patches, padded);
                Finish(i + k, planar, padded);
            }
        }
    }

    // Lines of one image, which are a part of a product that is done or the whole of one that is not.
    private readonly void Scatter(int image, int imageOfBlock, int firstLine, int count, int rowsOfBlock, bool planar, float* patches, float* padded)
    {
        int line = Shape.Columns.Output, at = imageOfBlock * Shape.OutputPixels;
        if (Block.Capacity < Shape.OutputPixels)
        {
            (rowsOfBlock, at) = (count * line, 0);
            Multiply(image * Shape.OutputPixels + firstLine * line, rowsOfBlock, planar, patches);
        }

        if (planar)
        {
            Planes.Scatter(patches + at, rowsOfBlock, Shape, firstLine, count, padded);
            return;
        }

        for (int y = 0; y < count; y++)
            Patches.Scatter(patches + (nint)(at + y * line) * Shape.PatchLength, Shape, firstLine + y, padded);
    }

    // Patches as rows [rows, patch length], or as columns [patch length, rows].
    private readonly void Multiply(int firstRow, int rows, bool planar, float* patches)
    {
        int depth = Shape.PatchLength, columns = Shape.OutputChannels;
        ReadOnlySpan<float> small = new(Small + (nint)firstRow * SmallRow, (rows - 1) * SmallRow + columns), weights = new(Weights, depth * columns);
        if (planar)
            Gemm.InputGradient(weights, columns, small, SmallRow, new(patches, depth * rows), rows, depth, rows, columns, false, default, 0, default, default, 1, default, WorkerGang.Single);
        else
            Gemm.InputGradientByCopy(small, SmallRow, weights, columns, new(patches, depth * rows), depth, rows, depth, columns, false, default, 0, default, default, 1, default, WorkerGang.Single, null, Packed);
    }

    private readonly void Finish(int image, bool planar, float* padded)
    {
        int pixels = Shape.InputPixels, channels = Shape.InputChannels, words = Dropout.MaskStride(channels), row = (int)LargeRow;
        float* large = Large + (nint)image * pixels * LargeRow;
        if (planar)
            Planes.Crop(padded, Shape, Scale, Bias, Accumulate, large, LargeRow);
        else
            Patches.Crop(padded, Shape, Scale, Bias, Accumulate, large, LargeRow);
        Span<float> result = new(large, (pixels - 1) * row + channels);
        if (Activation.Kind != ActivationKind.Identity)
            Activations.Forward(result, row, result, row, pixels, channels, Activation, WorkerGang.Single);
        if (Mask != null)
            Dropout.Apply(result, row, new(Mask + (nint)image * pixels * words, pixels * words), MaskScale, result, row, pixels, channels, WorkerGang.Single);
    }
}
