using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>The layers of ARN's networks; sizes as in the authors' code where the options leave them open.</summary>
internal static class ArnNetworks
{
    // Fewer features do well with a sixth of the authors' discriminator.
    private const int ManyColumns = 12;

    private static readonly Activation _leaky = Activation.LeakyRelu(0.2f);

    public static Mlp Encoder(IDevice device, int columns, ArnOptions options)
    {
        int[] sizes = Sizes(options);
        Normalization normalization = Kind(options);
        var layers = new List<LayerSpec>(sizes.Select(width => new LayerSpec(width, _leaky, normalization)));
        if (options.Divergence != ArnDivergence.None)
        {
            layers.Add(new LayerSpec(sizes[^1], Activation.Identity));
            layers.Add(new LayerSpec(2 * options.LatentDimension, Activation.Identity));
        }

        return new Mlp(device, "encoder", columns, layers.ToArray());
    }

    public static Mlp Decoder(IDevice device, int columns, ArnOptions options)
    {
        int[] sizes = Sizes(options);
        var layers = new List<LayerSpec>();
        if (options.Divergence != ArnDivergence.None)
        {
            layers.Add(new LayerSpec(sizes[^1], Activation.Relu));
            layers.Add(new LayerSpec(sizes[^1], Activation.Identity));
        }

        for (int i = sizes.Length - 2; i >= 0; i--)
            layers.Add(new LayerSpec(sizes[i], Activation.Relu, Kind(options), options.DropoutRate));
        layers.Add(new LayerSpec(columns, Activation.Identity));
        return new Mlp(device, "decoder", CodeWidth(options), layers.ToArray());
    }

    /// <summary>The logit that a row is normal.</summary>
    public static Mlp Discriminator(IDevice device, int columns, ArnOptions options, float dropout)
    {
        int[] sizes = options.DiscriminatorLayerSizes ?? (columns < ManyColumns ? [64, 128, 128, 64, 32, 16] : [128, 256, 512, 128, 64, 32, 16]);
        var layers = new LayerSpec[sizes.Length + 1];
        for (int i = 0; i < sizes.Length; i++)
        {
            layers[i] = new LayerSpec(sizes[i], i < sizes.Length / 2 ? _leaky : Activation.Relu,
                i < Math.Max(1, sizes.Length - 2) ? Kind(options) : Normalization.None,
                i >= sizes.Length - 3 ? dropout : 0);
        }

        layers[^1] = new LayerSpec(1, Activation.Identity);
        return new Mlp(device, "discriminator", columns, layers);
    }

    public static int CodeWidth(ArnOptions options) => options.Divergence == ArnDivergence.None ? Sizes(options)[^1] : options.LatentDimension;

    private static int[] Sizes(ArnOptions options) => options.EncoderLayerSizes ?? [64, 32];

    private static Normalization Kind(ArnOptions options) => options.Normalization switch
    {
        ArnNormalization.Layer => Normalization.Layer,
        ArnNormalization.None => Normalization.None,
        _ => Normalization.Batch,
    };
}
