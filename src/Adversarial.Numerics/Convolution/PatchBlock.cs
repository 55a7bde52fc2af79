namespace Adversarial.Numerics;

/// <summary>
/// How the places of the window are worked on: in blocks of lines whose patches stay in the nearer caches, many enough that the weights are
/// not fetched for a few rows. It does not depend on the number of threads.
/// </summary>
internal readonly struct PatchBlock
{
    private const int PreferredFloats = 1 << 16;
    private const int LeastRows = 128;
    private const int MostRows = 1024;

    public PatchBlock(in ConvolutionShape shape, int images)
    {
        int rows = Math.Clamp(PreferredFloats / shape.PatchLength, LeastRows, MostRows), line = shape.Columns.Output;
        Capacity = Math.Max(rows / line, 1) * line;
        Images = Math.Clamp(Capacity / shape.OutputPixels, 1, Math.Max(images, 1));
        Parts = (images + Images - 1) / Images;
    }

    /// <summary>Most rows of a block of patches: whole lines of the result.</summary>
    public int Capacity { get; }

    /// <summary>Images of a part, which one thread works on.</summary>
    public int Images { get; }

    /// <summary>Whether one product does all of it.</summary>
    public bool IsOne(in ConvolutionShape shape, int images) => (long)images * shape.OutputPixels <= Capacity;

    /// <summary>Number of parts.</summary>
    public int Parts { get; }
}
