using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What EGBAD adds to the residual; x' is the reconstruction G(E(x)), f the joint discriminator's last hidden layer.</summary>
public enum EgbadScore
{
    /// <summary>Sum of |f(x, E(x)) - f(x', E(x))| (feature matching).</summary>
    Features,

    /// <summary>-log D(x', E(x)): how little the reconstruction passes for a real row.</summary>
    CrossEntropy,
}

/// <summary>Options of <see cref="EgbadDetector"/>.</summary>
public class EgbadOptions : NetworkDetectorOptions, IImageOptions
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>Channels of the convolutions of images, one for each halving: null is 32, 64, 128, 128 and so on. Those of the discriminator all have the first number, the encoder begins with half of it at full size. Without a meaning for tables.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? ConvolutionChannels { get; set; }

    /// <summary>What the score has besides the residual.</summary>
    [SearchChoices]
    public EgbadScore Score { get; set; }

    /// <summary>Its weight w, in [0, 1]; the residual's is 1 - w.</summary>
    [SearchRange(0, 1)]
    public float FeatureWeight { get; set; } = 0.1f;

    /// <summary>Size of the code, 1 to 65536. Null is a quarter of the number of features, 2 to 32; for images 32, or 64 where they are not gray.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, for images behind the convolutions. Null is one of 64, less for narrow tables; for images none.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the generator, for images before its first maps. Null is 64, 128, less for narrow tables; for images one of 512.</summary>
    public int[]? GeneratorLayerSizes { get; set; }

    /// <summary>Width of the discriminator's two branches, rows and codes, 1 to 65536; of images that of codes alone. Null is 128, less for narrow tables; for images 256.</summary>
    public int? BranchSize { get; set; }

    /// <summary>Hidden layers of the discriminator behind its branches. Null is one of 128, less for narrow tables; for images one of 512.</summary>
    public int[]? DiscriminatorLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers of encoder and discriminator for negative values, in [0, 1).</summary>
    [SearchRange(0.01, 0.3)]
    public float LeakyReluSlope { get; set; } = 0.1f;

    /// <summary>Dropout of the discriminator while training, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.2f;

    /// <summary>Passes over the training rows. Null derives them: 8000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of all networks, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 2e-4f;

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.5f;

    /// <summary>Decay of the moving average of the weights that score, in [0, 1); 0 scores with the last weights.</summary>
    public float WeightAverageDecay { get; set; } = 0.999f;

    /// <summary>
    /// Sets options to what the authors' code does on KDD99 (121 features): its networks, batches of 50 at 1e-5, 100 epochs, features that are not
    /// scaled.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : EgbadOptions
    {
        options.CalibrationShare = 0;
        options.InputScaling = InputScaling.None;
        options.LatentDimension = 32;
        options.EncoderLayerSizes = [64];
        options.GeneratorLayerSizes = [64, 128];
        options.BranchSize = 128;
        options.DiscriminatorLayerSizes = [128];
        options.BatchSize = 50;
        options.NumberOfEpochs = 100;
        options.LearningRate = 1e-5f;
        options.WeightAverageDecay = 0.9999f;
        options.EnsembleSize = 1;
        return options;
    }

    /// <summary>
    /// Sets options to what the authors' code does on MNIST (28 x 28 x 1): its networks, for other shapes with as many halvings, a code of 200, batches of 100 at
    /// 1e-5, half of the discriminator dropped. Its pixels are in [-1, 1] and the generator ends in tanh; here they are in [0, 1] and it ends in no activation.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options, ImageShape shape)
        where TOptions : EgbadOptions
    {
        Published(options);
        options.ImageShape = shape;
        options.ConvolutionChannels = GanNetworks.PublishedChannels(shape);
        options.InputScaling = InputScaling.MinMax;
        options.LatentDimension = 200;
        options.EncoderLayerSizes = null;
        options.GeneratorLayerSizes = [1024];
        options.BranchSize = 512;
        options.DiscriminatorLayerSizes = [1024];
        options.DropoutRate = 0.5f;
        options.BatchSize = 100;
        options.WeightAverageDecay = 0.999f;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (EgbadOptions)base.Clone();
        copy.ConvolutionChannels = (int[]?)ConvolutionChannels?.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.GeneratorLayerSizes = (int[]?)GeneratorLayerSizes?.Clone();
        copy.DiscriminatorLayerSizes = (int[]?)DiscriminatorLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        RequireSizes(nameof(ConvolutionChannels), ConvolutionChannels);
        Require(Enum.IsDefined(Score), nameof(Score), Score, "a defined value");
        Require(FeatureWeight is >= 0 and <= 1, nameof(FeatureWeight), FeatureWeight, "in [0, 1]");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(GeneratorLayerSizes), GeneratorLayerSizes);
        Require(BranchSize is null or (>= 1 and <= 65536), nameof(BranchSize), BranchSize, "1 to 65536");
        RequireSizes(nameof(DiscriminatorLayerSizes), DiscriminatorLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
        Require(WeightAverageDecay is >= 0 and < 1, nameof(WeightAverageDecay), WeightAverageDecay, "in [0, 1)");
    }
}

[JsonSerializable(typeof(EgbadOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class EgbadOptionsJson : JsonSerializerContext;
