namespace Adversarial.Detectors;

/// <summary>Sizes of GANomaly's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record GanomalySizes(int Latent, int[] Encoder)
{
    private const int WantedSteps = 4000;
    private const int LeastSteps = 1500;

    public static GanomalySizes Of(GanomalyOptions options, int columns)
    {
        int unit = PublishedWidths.UnitOf(columns);
        return new GanomalySizes(
            options.LatentDimension ?? (options.ImageShape is { } shape ? StridedNetworks.CodeOf(shape) : PublishedWidths.CodeOf(columns, 0.125)),
            options.EncoderLayerSizes ?? [2 * unit, unit]);
    }

    /// <summary>Whole epochs of at least the wanted steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep) =>
        WorkBudget.Epochs(WantedSteps, LeastSteps, rows, batchSize, budget, workOfStep);
}
