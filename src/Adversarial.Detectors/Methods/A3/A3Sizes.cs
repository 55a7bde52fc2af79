namespace Adversarial.Detectors;

/// <summary>Sizes of A3's networks and length of its phases: as the options say, else derived from the data.</summary>
internal sealed record A3Sizes(int Latent, int[] Encoder, int[] Decoder, int[] Alarm, int Activations)
{
    private const int LeastWidth = 16;
    private const int MostWidth = 300;
    private const int WantedSteps = 2000;
    private const int LeastSteps = 300;

    public static A3Sizes Of(A3Options options, int columns)
    {
        // The authors' are 200, 100, 50, 25 on 122 features and 50, 25, 10, 5 on 29.
        int first = Math.Clamp((int)Math.Round(1.65 * columns), LeastWidth, MostWidth);
        int[] encoder = options.EncoderLayerSizes ?? [first, first / 2, first / 4];
        int latent = options.LatentDimension ?? Math.Max(1, encoder[0] / 8);
        int activations = 2 * encoder.Sum() + (options.ReadCode ? latent : 0);
        return new A3Sizes(latent, encoder, [.. Enumerable.Reverse(encoder)], options.AlarmLayerSizes ?? AlarmOf(activations), activations);
    }

    // 1000, 500, 200, 75 on 375 activations.
    private static int[] AlarmOf(int activations)
    {
        int first = Math.Clamp((int)Math.Round(2.6 * activations), LeastWidth, MostWidth);
        return [first, first / 2, Math.Max(8, first / 5), Math.Max(8, first / 13)];
    }

    /// <summary>Whole epochs of at least 2000 steps, or of what the budget allows.</summary>
    public static int Epochs(int rows, int batchSize, double budget, double workOfStep) =>
        (int)Math.Ceiling(WorkBudget.Steps(WantedSteps, LeastSteps, budget, workOfStep) / Math.Ceiling(rows / (double)batchSize));
}
