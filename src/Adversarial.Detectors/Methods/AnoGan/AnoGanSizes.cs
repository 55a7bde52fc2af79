namespace Adversarial.Detectors;

/// <summary>Sizes of AnoGAN's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record AnoGanSizes(int Latent, int[] Generator, int[] Discriminator, int SearchSteps, float SearchRate)
{
    private const int WantedSteps = 6000;
    private const int LeastSteps = 1500;
    private const int LeastStepsOfImages = 600;
    private const int StepsOfSearch = 200;
    private const int StepsOfSearchOfImages = 30;
    private const float RateOfSearch = 0.02f;
    private const float RateOfSearchOfImages = 0.1f;

    public static AnoGanSizes Of(AnoGanOptions options, int columns)
    {
        int unit = PublishedWidths.UnitOf(columns);
        int[]? dense = options.ImageShape is null ? null : GanNetworks.DenseSizes;
        return new AnoGanSizes(
            options.LatentDimension ?? (options.ImageShape is { } shape ? StridedNetworks.CodeOf(shape) : PublishedWidths.CodeOf(columns, 0.25)),
            options.GeneratorLayerSizes ?? dense ?? [unit, 2 * unit],
            options.DiscriminatorLayerSizes ?? dense ?? [4 * unit, 2 * unit, 2 * unit],
            options.NumberOfSearchSteps ?? (dense is null ? StepsOfSearch : StepsOfSearchOfImages),
            options.SearchLearningRate ?? (dense is null ? RateOfSearch : RateOfSearchOfImages));
    }

    /// <summary>Whole epochs of at least 6000 steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep, bool ofImages) =>
        WorkBudget.Epochs(WantedSteps, ofImages ? LeastStepsOfImages : LeastSteps, rows, batchSize, budget, workOfStep);
}
