namespace Adversarial.Detectors;

/// <summary>Sizes of the autoencoder's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record AutoencoderSizes(int Latent, int[] Encoder, int[] Decoder)
{
    private const int LeastHidden = 64;
    private const int MostHidden = 128;
    private const int WantedSteps = 2000;
    private const int LeastSteps = 500;

    public static AutoencoderSizes Of(AutoencoderOptions options, int columns)
    {
        // Narrower than the row, or all rows pass, but for a table of one feature.
        int latent = options.LatentDimension ?? LayerWidths.CodeOf(columns);
        int[] encoder = options.EncoderLayerSizes ?? [Math.Clamp(2 * columns, LeastHidden, MostHidden)];
        return new AutoencoderSizes(latent, encoder, [.. Enumerable.Reverse(encoder)]);
    }

    /// <summary>Whole epochs of at least 2000 steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep) =>
        WorkBudget.Epochs(WantedSteps, LeastSteps, rows, batchSize, budget, workOfStep);
}
