namespace Adversarial.Detectors;

/// <summary>Sizes of the variational autoencoder's networks and length of its training: as the options say, else derived from the data.</summary>
internal sealed record VaeSizes(int Latent, int[] Encoder, int[] Decoder)
{
    private const int LeastHidden = 64;
    private const int MostHidden = 128;
    private const int MostLatent = 8;
    private const int WantedSteps = 3000;
    private const int LeastSteps = 500;

    public static VaeSizes Of(VaeOptions options, int columns)
    {
        int first = Math.Clamp(2 * columns, LeastHidden, MostHidden);
        int[] encoder = options.EncoderLayerSizes ?? [first, first / 2];
        return new VaeSizes(options.LatentDimension ?? (options.ImageShape is { } shape ? StridedNetworks.CodeOf(shape) : LatentOf(columns)), encoder, [.. Enumerable.Reverse(encoder)]);
    }

    // A code that the divergence makes no use of costs nothing; one as wide as the row would let all rows pass.
    private static int LatentOf(int columns) => Math.Clamp((int)Math.Round(columns / 2.0), 1, MostLatent);

    /// <summary>Whole epochs of at least 3000 steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep) =>
        WorkBudget.Epochs(WorkBudget.Steps(WantedSteps, LeastSteps, budget, workOfStep), rows, batchSize);
}
