namespace Adversarial.Numerics;

/// <summary>
/// The gradient of a convolution's weights. Small ones are summed up by some groups of images apart and then added, group by group; large
/// ones are one chain. How the images are grouped depends on shapes alone, never on the threads.
/// </summary>
internal static unsafe class ConvolutionWeightGradient
{
    private const int MostGroups = 8;

    // Larger gradients are not worth several copies, and large enough for their products to be split.
    private const int MostGrouped = 1 << 16;

    // Fewer multiply-adds are done before another thread has heard of them.
    private const long WorkOfGroup = 1 << 20;

    public static void Run(
        float* x, nint ldx, float* dy, int lddy, float* dw, int images, in ConvolutionShape shape, bool accumulate, WorkerGang gang)
    {
        int length = shape.PatchLength * shape.OutputChannels;
        int groups = length > MostGrouped ? 1 : (int)Math.Clamp(images * shape.MultiplyAdds / WorkOfGroup, 1, Math.Clamp(images, 1, MostGroups));
        if (images == 0)
        {
            if (!accumulate)
                new Span<float>(dw, length).Clear();
            return;
        }

        float* sums = groups == 1 ? dw : PackBuffer.GetSums((nuint)groups * (nuint)length);
        Job job = new()
        {
            Large = x,
            LargeRow = ldx,
            Small = dy,
            SmallRow = lddy,
            Sums = sums,
            Images = images,
            Shape = shape,
            Block = new PatchBlock(shape, images),
            Groups = groups,
            Accumulate = groups == 1 && accumulate,
            Products = groups == 1 ? gang : WorkerGang.Single,
        };
        if (groups == 1)
        {
            job.Run(0);
            return;
        }

        gang.Run(ref job, groups);
        for (int g = 0; g < groups; g++)
        {
            if (g == 0 && !accumulate)
                new Span<float>(sums, length).CopyTo(new Span<float>(dw, length));
            else
                PixelRuns.Add(sums + (nint)g * length, dw, length);
        }
    }

    private struct Job : IParallelJob
    {
        public float* Large;
        public nint LargeRow;
        public float* Small;
        public int SmallRow;
        public float* Sums;
        public int Images;
        public ConvolutionShape Shape;
        public PatchBlock Block;
        public int Groups;
        public bool Accumulate;
        public WorkerGang Products;

        public readonly void Run(int part)
        {
            int first = (int)((long)Images * part / Groups), end = (int)((long)Images * (part + 1) / Groups), line = Shape.Columns.Output;
            float* patches = PatchMemory.Get(Block, Shape, out float* padded), image = Large + first * Shape.InputPixels * LargeRow;
            float* sums = Sums + (nint)part * Shape.PatchLength * Shape.OutputChannels;
            int done = first * Shape.OutputPixels, held = 0;
            bool adds = Accumulate;
            for (int i = first; i < end; i++, image += Shape.InputPixels * LargeRow)
            {
                Patches.Pad(image, LargeRow, Shape, padded);
                for (int y = 0; y < Shape.Rows.Output; y++)
                {
                    if (held + line > Block.Capacity)
                        Multiply(patches, sums, ref done, ref held, ref adds);
                    Patches.Gather(padded, Shape, y, patches + (nint)held * Shape.PatchLength);
                    held += line;
                }
            }

            Multiply(patches, sums, ref done, ref held, ref adds);
        }

        private readonly void Multiply(float* patches, float* sums, ref int done, ref int held, ref bool adds)
        {
            int depth = Shape.PatchLength, columns = Shape.OutputChannels, scratch = Gemm.WeightGradientScratch(held, depth, columns);
            Gemm.WeightGradient(new(patches, held * depth), depth, new(Small + (nint)done * SmallRow, (held - 1) * SmallRow + columns), SmallRow,
                new(sums, depth * columns), columns, default, held, depth, columns, adds, new(PackBuffer.GetTurned((nuint)scratch), scratch), Products);
            done += held;
            held = 0;
            adds = true;
        }
    }
}
