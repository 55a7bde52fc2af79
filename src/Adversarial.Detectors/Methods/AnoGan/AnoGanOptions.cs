using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What AnoGAN adds to the residual; x' is the generated row that the search found, f the discriminator's last hidden layer.</summary>
public enum AnoGanScore
{
    /// <summary>Sum of |f(x) - f(x')| (feature matching).</summary>
    Features,

    /// <summary>-log D(x'): how little the found row passes for a real one.</summary>
    CrossEntropy,
}

/// <summary>Options of <see cref="AnoGanDetector"/>.</summary>
public class AnoGanOptions : NetworkDetectorOptions, IImageOptions
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>Channels of the generator's maps of images, one for each halving: null is 32, 64, 128, 128 and so on. The discriminator's convolutions all have the first number. Without a meaning for tables.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? ConvolutionChannels { get; set; }

    /// <summary>What the score has besides the residual.</summary>
    [SearchChoices]
    public AnoGanScore Score { get; set; }

    /// <summary>Its weight w, in [0, 1]; the residual's is 1 - w.</summary>
    [SearchRange(0, 1)]
    public float FeatureWeight { get; set; } = 0.1f;

    /// <summary>Steps of the search for each row, 0 to 100000. Null is 200, for images 30, each of which costs a hundred times as much. The published codes take 500.</summary>
    [SearchRange(25, 400, IsLogarithmic = true)]
    public int? NumberOfSearchSteps { get; set; }

    /// <summary>
    /// Learning rate of the search's Adam, above 0, in standard deviations of the code; a tenth of it is left after 3/5 of the steps, a twentieth
    /// after 4/5. Null is 0.02, for images 0.1, as their steps are few.
    /// </summary>
    [SearchRange(1e-3, 0.1, IsLogarithmic = true)]
    public float? SearchLearningRate { get; set; }

    /// <summary>
    /// Codes that a search may begin at, 1 to 4096, the same for all rows: each row begins at the one that it is closest to. The first is 0, the
    /// others are drawn from N(0, 1).
    /// </summary>
    public int NumberOfStartPoints { get; set; } = 64;

    /// <summary>Size of the code, 1 to 65536. Null is a quarter of the number of features, 2 to 32; for images 32, or 64 where they are not gray.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the generator, for images before its first maps. Null is 64, 128, less for narrow tables; for images one of 512.</summary>
    public int[]? GeneratorLayerSizes { get; set; }

    /// <summary>Hidden layers of the discriminator, for images behind the convolutions. Null is 256, 128, 128, less for narrow tables; for images one of 512.</summary>
    public int[]? DiscriminatorLayerSizes { get; set; }

    /// <summary>Slope of the discriminator's leaky rectifiers for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.2f;

    /// <summary>Dropout of the discriminator while training, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.2f;

    /// <summary>Passes over the training rows. Null derives them: 6000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of both networks, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 2e-4f;

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.5f;

    /// <summary>Decay of the moving average of the weights that score, in [0, 1); 0 scores with the last weights.</summary>
    public float WeightAverageDecay { get; set; } = 0.999f;

    /// <summary>
    /// Sets options to what the code of EGBAD's authors does with AnoGAN on KDD99 (121 features): batches of 50 at 1e-5, 500 steps of search at
    /// 0.01 that end where they end. Their features are not scaled.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : AnoGanOptions
    {
        options.CalibrationShare = 0;
        options.InputScaling = InputScaling.None;
        options.LatentDimension = 32;
        options.GeneratorLayerSizes = [64, 128];
        options.DiscriminatorLayerSizes = [256, 128, 128];
        options.LeakyReluSlope = 0.1f;
        options.NumberOfSearchSteps = 500;
        options.SearchLearningRate = 0.01f;
        options.NumberOfStartPoints = 1;
        options.BatchSize = 50;
        options.NumberOfEpochs = 100;
        options.LearningRate = 1e-5f;
        options.WeightAverageDecay = 0.9999f;
        options.EnsembleSize = 1;
        return options;
    }

    /// <summary>
    /// Sets options to what the code of EGBAD's authors does with AnoGAN on MNIST (28 x 28 x 1): its networks, for other shapes with as many halvings, a code of 200,
    /// batches of 100 at 1e-5, 500 steps of search at 0.01. Its pixels are in [-1, 1] and the generator ends in tanh; here they are in [0, 1] and it ends in no activation.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options, ImageShape shape)
        where TOptions : AnoGanOptions
    {
        Published(options);
        options.ImageShape = shape;
        options.ConvolutionChannels = GanNetworks.PublishedChannels(shape);
        options.InputScaling = InputScaling.MinMax;
        options.LatentDimension = 200;
        options.GeneratorLayerSizes = [1024];
        options.DiscriminatorLayerSizes = [1024];
        options.DropoutRate = 0;
        options.BatchSize = 100;
        options.WeightAverageDecay = 0.999f;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (AnoGanOptions)base.Clone();
        copy.ConvolutionChannels = (int[]?)ConvolutionChannels?.Clone();
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
        Require(NumberOfSearchSteps is null or (>= 0 and <= 100_000), nameof(NumberOfSearchSteps), NumberOfSearchSteps, "0 to 100000");
        RequirePositive(nameof(SearchLearningRate), SearchLearningRate ?? 1);
        Require(NumberOfStartPoints is >= 1 and <= 4096, nameof(NumberOfStartPoints), NumberOfStartPoints, "1 to 4096");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(GeneratorLayerSizes), GeneratorLayerSizes);
        RequireSizes(nameof(DiscriminatorLayerSizes), DiscriminatorLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
        Require(WeightAverageDecay is >= 0 and < 1, nameof(WeightAverageDecay), WeightAverageDecay, "in [0, 1)");
    }
}

[JsonSerializable(typeof(AnoGanOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AnoGanOptionsJson : JsonSerializerContext;
