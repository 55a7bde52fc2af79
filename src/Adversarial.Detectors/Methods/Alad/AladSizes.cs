namespace Adversarial.Detectors;

/// <summary>Sizes of ALAD's networks: as the options say, else derived from the number of features.</summary>
internal sealed record AladSizes(int Latent, int[] Encoder, int[] Generator, int Branch, int[] Joint, int[] Features, int[] Codes)
{
    private const int DefaultSteps = 8000;
    private const int MostEpochs = 500;

    public static AladSizes Of(AladOptions options, int columns)
    {
        // Table XI and the authors' code: a code of 32 for 121 features, 64 for 274.
        int latent = options.LatentDimension ?? Math.Clamp((int)Math.Round(columns / 4.0), 2, 64);
        int unit = Math.Clamp((int)Math.Round(columns / 3.8), 8, 64);
        return new AladSizes(latent,
            options.EncoderLayerSizes ?? [2 * unit],
            options.GeneratorLayerSizes ?? [2 * unit, 4 * unit],
            options.JointBranchSize ?? 4 * unit,
            options.JointDiscriminatorLayerSizes ?? [4 * unit],
            options.FeatureDiscriminatorLayerSizes ?? [4 * unit],
            options.LatentDiscriminatorLayerSizes ?? [unit]);
    }

    public static int Epochs(int rows, int batchSize) =>
        Math.Clamp((int)Math.Ceiling(DefaultSteps / Math.Ceiling(rows / (double)batchSize)), 1, MostEpochs);
}
