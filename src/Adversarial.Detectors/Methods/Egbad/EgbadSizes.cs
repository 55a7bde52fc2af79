namespace Adversarial.Detectors;

/// <summary>Sizes of EGBAD's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record EgbadSizes(int Latent, int[] Encoder, int[] Generator, int Branch, int[] Discriminator)
{
    private const int WantedSteps = 8000;
    private const int LeastSteps = 1700;

    public static EgbadSizes Of(EgbadOptions options, int columns)
    {
        int unit = PublishedWidths.UnitOf(columns);
        return new EgbadSizes(
            options.LatentDimension ?? PublishedWidths.CodeOf(columns, 0.25),
            options.EncoderLayerSizes ?? [unit],
            options.GeneratorLayerSizes ?? [unit, 2 * unit],
            options.BranchSize ?? 2 * unit,
            options.DiscriminatorLayerSizes ?? [2 * unit]);
    }

    /// <summary>Whole epochs of at least the wanted steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep) =>
        WorkBudget.Epochs(WantedSteps, LeastSteps, rows, batchSize, budget, workOfStep);
}
