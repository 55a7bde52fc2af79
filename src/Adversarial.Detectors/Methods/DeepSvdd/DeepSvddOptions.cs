using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What <see cref="DeepSvddDetector"/> makes small.</summary>
public enum DeepSvddObjective
{
    /// <summary>The mean squared distance of all codes from the centre (eq. 4).</summary>
    OneClass,

    /// <summary>A sphere that leaves some rows outside, and their excess (eq. 3).</summary>
    SoftBoundary,
}

/// <summary>Options of <see cref="DeepSvddDetector"/>.</summary>
public class DeepSvddOptions : NetworkDetectorOptions, IImageOptions
{
    /// <summary>Makes options with three networks that score together: single ones differ from seed to seed.</summary>
    public DeepSvddOptions() => EnsembleSize = 3;

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    /// <summary>
    /// Whether images keep their brightness and contrast, and all pixels are scaled as <see cref="DetectorOptions.InputScaling"/> says. Else both are
    /// taken away (global contrast normalisation) and pixels brought to [0, 1] by the range that those of the training images then have, as the
    /// authors do. Without a meaning where <see cref="ImageShape"/> is null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepsContrast { get; set; }

    internal InputScaling Scaling => Images is { } image ? image.ScalingOf(InputScaling) : InputScaling;

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, !KeepsContrast) : null;

    /// <summary>What is made small.</summary>
    [SearchChoices]
    public DeepSvddObjective Objective { get; set; }

    /// <summary>Share of the training rows that the soft boundary may leave outside, in (0, 1]; the one-class objective has none.</summary>
    [SearchRange(0.01, 0.5, IsLogarithmic = true)]
    public double Nu { get; set; } = 0.1;

    /// <summary>Share of the training of the sphere, in [0, 1], in which the soft boundary's radius stays 0: 10 of 150 epochs in the authors' code.</summary>
    public double WarmUpShare { get; set; } = 1.0 / 15;

    /// <summary>Width of the code, 1 to 65536. Null derives it: 32 from 200 features on, 16 from 30 on, else half of them from 2 to 8; for images 32 where they are gray, 128 where not.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, mirrored by the decoder. Null derives them: 128, 64 from 200 features on, 64, 32 from 30 on, else 32, 16. For images channels of the convolutions; null is 8, 4 for small gray ones and 32, 64, 128 for those of CIFAR-10.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    [SearchRange(0, 0.3)]
    public float LeakyReluSlope { get; set; } = 0.01f;

    /// <summary>
    /// Passes over the training rows in which an autoencoder gives the encoder its first weights. 0 leaves them random; null derives them: 2000
    /// steps, or as many as a fit of such a table may cost.
    /// </summary>
    public int? NumberOfPretrainingEpochs { get; set; }

    /// <summary>Passes over the training rows in which the sphere shrinks, at least 1. Null derives them like <see cref="NumberOfPretrainingEpochs"/>.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of the autoencoder, above 0; a tenth of it in the last two thirds.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float PretrainingLearningRate { get; set; } = 1e-3f;

    /// <summary>Learning rate of the sphere's training, above 0; a tenth of it in the last two thirds. The paper's 1e-4 takes ten times the steps.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-3f;

    /// <summary>Weight decay lambda, at least 0: half of it times the sum of the squares of all weights is made small too.</summary>
    [SearchRange(1e-8, 1e-3, IsLogarithmic = true)]
    public float WeightDecay { get; set; } = 1e-6f;

    /// <summary>
    /// Sets options to what the authors have for Arrhythmia (networks from Deep SAD, arXiv:1906.02694) and the schedule of their code: 150 + 150 epochs of
    /// 200 rows, 1e-4 and after 50 epochs 1e-5, features in [0, 1].
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : DeepSvddOptions
    {
        options.Objective = DeepSvddObjective.OneClass;
        options.InputScaling = InputScaling.MinMax;
        options.EncoderLayerSizes = [128, 64];
        options.LatentDimension = 32;
        options.BatchSize = 200;
        options.NumberOfPretrainingEpochs = 150;
        options.NumberOfEpochs = 150;
        options.PretrainingLearningRate = 1e-4f;
        options.LearningRate = 1e-4f;
        options.WeightDecay = 0.5e-6f;
        options.EnsembleSize = 1;
        return options;
    }

    /// <summary>
    /// Sets options to what the authors' code has for images, that of MNIST and CIFAR-10 for those of their shapes: each image's contrast
    /// normalised, then to [0, 1], and the schedule of <see cref="Published{TOptions}(TOptions)"/>.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options, ImageShape shape)
        where TOptions : DeepSvddOptions
    {
        Published(options);
        options.ImageShape = shape;
        options.KeepsContrast = false;
        options.EncoderLayerSizes = null;
        options.LatentDimension = null;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (DeepSvddOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(Enum.IsDefined(Objective), nameof(Objective), Objective, "a defined value");
        Require(Nu is > 0 and <= 1, nameof(Nu), Nu, "in (0, 1]");
        Require(WarmUpShare is >= 0 and <= 1, nameof(WarmUpShare), WarmUpShare, "in [0, 1]");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(NumberOfPretrainingEpochs is null or >= 0, nameof(NumberOfPretrainingEpochs), NumberOfPretrainingEpochs, "at least 0");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(PretrainingLearningRate), PretrainingLearningRate);
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(float.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "a finite number, at least 0");
    }
}

[JsonSerializable(typeof(DeepSvddOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class DeepSvddOptionsJson : JsonSerializerContext;
