using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="AutoencoderDetector"/>.</summary>
public class AutoencoderOptions : NetworkDetectorOptions, IImageOptions
{
    /// <summary>Makes options with three autoencoders that score together: they cost little, and single ones differ from seed to seed.</summary>
    public AutoencoderOptions() => EnsembleSize = 3;

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>What the reconstruction is trained by.</summary>
    public ReconstructionLoss ReconstructionLoss { get; set; }

    /// <summary>Width of the code, 1 to 65536. Null is half of the number of features, at most 16; for images 32 where they are gray, 128 where not.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, mirrored by the decoder. Null is one, twice as wide as the table, but at least 64 and at most 128. For images channels of the convolutions; null is 8, 4 for small gray ones and 32, 64, 128 for those of CIFAR-10.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    [SearchRange(0, 0.3)]
    public float LeakyReluSlope { get; set; } = 0.01f;

    /// <summary>
    /// Standard deviation of the noise that is added to scaled features while the networks are trained to give the features without it, at
    /// least 0; 0 adds none.
    /// </summary>
    [SearchRange(0, 0.5)]
    public float NoiseDeviation { get; set; } = 0.1f;

    /// <summary>Passes over the training rows. Null derives them: 2000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate at the start, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-3f;

    /// <summary>The share of the learning rate that is left at the end, in (0, 1]; it falls by a line in between.</summary>
    [SearchRange(0.01, 1, IsLogarithmic = true)]
    public float FinalLearningRateShare { get; set; } = 0.1f;

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (AutoencoderOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(Enum.IsDefined(ReconstructionLoss), nameof(ReconstructionLoss), ReconstructionLoss, "a defined value");
        Require(ReconstructionLoss.Suits(InputScaling), nameof(ReconstructionLoss), ReconstructionLoss,
            $"{nameof(ReconstructionLoss.SquaredError)} where {nameof(InputScaling)} is {InputScaling}: cross entropy takes features in [0, 1], so set {nameof(InputScaling)} to {nameof(InputScaling.MinMax)}");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(float.IsFinite(NoiseDeviation) && NoiseDeviation >= 0, nameof(NoiseDeviation), NoiseDeviation, "a finite number, at least 0");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(FinalLearningRateShare is > 0 and <= 1, nameof(FinalLearningRateShare), FinalLearningRateShare, "in (0, 1]");
    }
}

[JsonSerializable(typeof(AutoencoderOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AutoencoderOptionsJson : JsonSerializerContext;
