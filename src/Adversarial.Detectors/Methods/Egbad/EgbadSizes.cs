namespace Adversarial.Detectors;

/// <summary>Sizes of EGBAD's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record EgbadSizes(int Latent, int[] Encoder, int[] Generator, int Branch, int[] Discriminator)
{
    private const int WantedSteps = 8000;
    private const int LeastSteps = 1700;
    private const int LeastStepsOfImages = 600;
    private const int BranchOfImages = 256;

    public static EgbadSizes Of(EgbadOptions options, int columns)
    {
        int unit = PublishedWidths.UnitOf(columns);
        int[]? dense = options.ImageShape is null ? null : GanNetworks.DenseSizes;
        return new EgbadSizes(
            options.LatentDimension ?? (options.ImageShape is { } shape ? StridedNetworks.CodeOf(shape) : PublishedWidths.CodeOf(columns, 0.25)),
            options.EncoderLayerSizes ?? (dense is null ? [unit] : []),
            options.GeneratorLayerSizes ?? dense ?? [unit, 2 * unit],
            options.BranchSize ?? (dense is null ? 2 * unit : BranchOfImages),
            options.DiscriminatorLayerSizes ?? dense ?? [2 * unit]);
    }

    /// <summary>Whole epochs of at least the wanted steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep, bool ofImages) =>
        WorkBudget.Epochs(WantedSteps, ofImages ? LeastStepsOfImages : LeastSteps, rows, batchSize, budget, workOfStep);
}
