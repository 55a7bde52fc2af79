namespace Adversarial.Detectors;

/// <summary>Sizes of Deep SVDD's networks: as the options say, else after those that its authors chose for tables of such widths (Deep SAD).</summary>
internal sealed record DeepSvddSizes(int Latent, int[] Encoder, int[] Decoder)
{
    private const int Wide = 200;
    private const int Narrow = 30;

    public static DeepSvddSizes Of(DeepSvddOptions options, int columns)
    {
        (int[] hidden, int latent) = columns >= Wide ? ((int[])[128, 64], 32)
            : columns >= Narrow ? ([64, 32], 16)
            : ([32, 16], Math.Clamp(columns / 2, 2, 8));
        int[] encoder = options.EncoderLayerSizes ?? hidden;
        return new DeepSvddSizes(options.LatentDimension ?? latent, encoder, [.. Enumerable.Reverse(encoder)]);
    }
}
