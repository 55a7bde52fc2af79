namespace Adversarial.Detectors;

/// <summary>Sizes of AnoGAN's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record AnoGanSizes(int Latent, int[] Generator, int[] Discriminator)
{
    private const int WantedSteps = 6000;
    private const int LeastSteps = 1500;

    public static AnoGanSizes Of(AnoGanOptions options, int columns)
    {
        int unit = PublishedWidths.UnitOf(columns);
        return new AnoGanSizes(
            options.LatentDimension ?? PublishedWidths.CodeOf(columns, 0.25),
            options.GeneratorLayerSizes ?? [unit, 2 * unit],
            options.DiscriminatorLayerSizes ?? [4 * unit, 2 * unit, 2 * unit]);
    }

    /// <summary>Whole epochs of at least 6000 steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep) =>
        WorkBudget.Epochs(WantedSteps, LeastSteps, rows, batchSize, budget, workOfStep);
}
