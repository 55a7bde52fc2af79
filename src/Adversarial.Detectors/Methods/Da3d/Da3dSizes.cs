namespace Adversarial.Detectors;

/// <summary>Sizes of DA3D's networks and lengths of its phases: as the options say, else derived from the data.</summary>
internal sealed record Da3dSizes(int Latent, int[] Encoder, int[] Decoder, int[] Alarm, int[] Critic, int[] Generator, int Activations)
{
    private const int HiddenLayers = 5;
    private const int LargestAlarm = 1000;

    public static Da3dSizes Of(Da3dOptions options, int columns)
    {
        int latent = options.LatentDimension ?? LatentOf(columns);
        int[] encoder = options.EncoderLayerSizes ?? EncoderOf(columns, latent);
        int[] decoder = [.. encoder.Reverse()];
        int activations = encoder.Sum() * (options.ActivationSource == Da3dActivationSource.Both ? 2 : 1);
        return new Da3dSizes(latent, encoder, decoder, options.AlarmLayerSizes ?? AlarmOf(activations),
            options.CriticLayerSizes ?? [40, 20, 10, 5], options.GeneratorLayerSizes ?? [50, 40, 30, 20], activations);
    }

    // Table 1 of the paper: 2 for 6 features, 5 for 29, 10 for 122, 15 for 500.
    private static int LatentOf(int columns) => Math.Clamp((int)Math.Round(0.9 * Math.Sqrt(columns)), 1, 16);

    // Table 1: the first layer is a little wider than the input, and the widths fall to the code between a line and a geometric series.
    private static int[] EncoderOf(int columns, int latent)
    {
        double first = Math.Round(1.2 * columns + 4);
        var sizes = new int[HiddenLayers];
        for (int i = 0; i < HiddenLayers; i++)
        {
            double share = i / (double)HiddenLayers;
            double geometric = first * Math.Pow(latent / first, share);
            double linear = first + (latent - first) * share;
            sizes[i] = Math.Max(1, (int)Math.Round((2 * geometric + linear) / 3));
        }

        return sizes;
    }

    // Section 4.1: 1000, 500, 200, 75 on 385 activations; 100, 50, 25, 10 on 39.
    private static int[] AlarmOf(int activations)
    {
        int first = Math.Clamp((int)Math.Round(2.6 * activations), 16, LargestAlarm);
        return [first, first / 2, Math.Max(8, first / 5), Math.Max(8, first / 13)];
    }

    /// <summary>Epochs of the autoencoder.</summary>
    public static int PretrainingEpochs(int rows, int batchSize) => EpochsFor(5000, 5, 500, rows, batchSize);

    /// <summary>Epochs of alarm, generator and critic.</summary>
    public static int Epochs(int rows, int batchSize) => EpochsFor(2000, 3, 500, rows, batchSize);

    private static int EpochsFor(int steps, int least, int most, int rows, int batchSize) =>
        Math.Clamp((int)Math.Ceiling(steps / Math.Ceiling(rows / (double)batchSize)), least, most);
}
