namespace Adversarial.Detectors;

/// <summary>Sizes of AnoGAN's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record AnoGanSizes(int Latent, int[] Generator, int[] Discriminator)
{
    private const int WantedSteps = 6000;
    private const int LeastSteps = 1500;

    // The published widths, which are for 121 features, from this width on; narrower tables have less to learn.
    private const double FullColumns = 60;
    private const int LeastUnit = 16;
    private const int FullUnit = 64;

    public static AnoGanSizes Of(AnoGanOptions options, int columns)
    {
        int unit = Math.Clamp((int)Math.Round(FullUnit * columns / FullColumns), LeastUnit, FullUnit);
        return new AnoGanSizes(
            options.LatentDimension ?? Math.Clamp((int)Math.Round(columns / 4.0), 2, 32),
            options.GeneratorLayerSizes ?? [unit, 2 * unit],
            options.DiscriminatorLayerSizes ?? [4 * unit, 2 * unit, 2 * unit]);
    }

    /// <summary>Whole epochs of at least 6000 steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep)
    {
        int steps = WorkBudget.Steps(WantedSteps, LeastSteps, budget, workOfStep);
        return Math.Max(1, (int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize)));
    }
}
