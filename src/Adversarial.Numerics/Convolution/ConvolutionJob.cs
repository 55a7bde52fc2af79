namespace Adversarial.Numerics;

/// <summary>A convolution, some images to a part: pad, gather patches, multiply.</summary>
internal unsafe struct ConvolutionJob : IParallelJob
{
    public float* Large;
    public nint LargeRow;
    public float* Weights;
    public float* Packed;
    public float* Scale;
    public float* Bias;
    public float* Small;
    public int SmallRow;
    public int Images;
    public ConvolutionShape Shape;
    public PatchBlock Block;
    public bool Accumulate;
    public Activation Activation;
    public uint* Mask;
    public float MaskScale;

    /// <summary>The products of all blocks together.</summary>
    public static Product Products(float* weights, in ConvolutionShape shape, int images) => new()
    {
        ARow = shape.PatchLength,
        AStep = 1,
        B = weights,
        BStep = shape.OutputChannels,
        Rows = images * shape.OutputPixels,
        Columns = shape.OutputChannels,
        Depth = shape.PatchLength,
    };

    public readonly void Run(int part)
    {
        int first = part * Block.Images, end = Math.Min(first + Block.Images, Images), line = Shape.Columns.Output;
        float* patches = PatchMemory.Get(Block, Shape, out float* padded), image = Large + (nint)first * Shape.InputPixels * LargeRow;
        int done = first * Shape.OutputPixels, held = 0;
        for (int i = first; i < end; i++, image += Shape.InputPixels * LargeRow)
        {
            Patches.Pad(image, LargeRow, Shape, padded);
            for (int y = 0; y < Shape.Rows.Output; y++)
            {
                if (held + line > Block.Capacity)
                    Multiply(patches, ref done, ref held);
                Patches.Gather(padded, Shape, y, patches + (nint)held * Shape.PatchLength);
                held += line;
            }
        }

        Multiply(patches, ref done, ref held);
    }

    private readonly void Multiply(float* patches, ref int done, ref int held)
    {
        int depth = Shape.PatchLength, columns = Shape.OutputChannels, words = Dropout.MaskStride(columns);
        Gemm.ForwardByCopy(new(patches, held * depth), depth, new(Weights, depth * columns), columns, Vector(Bias, columns),
            new(Small + (nint)done * SmallRow, (held - 1) * SmallRow + columns), SmallRow, held, depth, columns, Activation,
            Mask == null ? default : new(Mask + (nint)done * words, held * words), MaskScale, WorkerGang.Single, Accumulate, Vector(Scale, columns), null, Packed);
        done += held;
        held = 0;
    }

    private static ReadOnlySpan<float> Vector(float* values, int length) => values == null ? default : new(values, length);
}
