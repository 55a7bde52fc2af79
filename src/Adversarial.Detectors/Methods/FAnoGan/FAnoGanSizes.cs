namespace Adversarial.Detectors;

/// <summary>Sizes of f-AnoGAN's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record FAnoGanSizes(int Latent, int[] Generator, int[] Critic, int[] Encoder)
{
    private const int WantedSteps = 1500;
    private const int LeastSteps = 500;
    private const int LeastStepsOfImages = 200;

    public static FAnoGanSizes Of(FAnoGanOptions options, int columns)
    {
        int unit = PublishedWidths.UnitOf(columns);
        int[]? dense = options.ImageShape is null ? null : GanNetworks.DenseSizes;
        return new FAnoGanSizes(
            options.LatentDimension ?? (options.ImageShape is { } shape ? StridedNetworks.CodeOf(shape) : PublishedWidths.CodeOf(columns, 0.25)),
            options.GeneratorLayerSizes ?? dense ?? [unit, 2 * unit],
            options.CriticLayerSizes ?? dense ?? [2 * unit, unit],
            options.EncoderLayerSizes ?? dense ?? [2 * unit, unit]);
    }

    /// <summary>Whole epochs of at least the wanted steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep, bool ofImages) =>
        WorkBudget.Epochs(WantedSteps, ofImages ? LeastStepsOfImages : LeastSteps, rows, batchSize, budget, workOfStep);
}
