using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What GANomaly takes as the score.</summary>
public enum GanomalyScore
{
    /// <summary>Root mean square of E2(x') - E1(x), the codes of reconstruction and row (the paper's choice).</summary>
    Codes,

    /// <summary>Root mean square of x - x'.</summary>
    Residual,
}

/// <summary>Options of <see cref="GanomalyDetector"/>.</summary>
public class GanomalyOptions : NetworkDetectorOptions, IImageOptions
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>What the score is. The paper's is <see cref="GanomalyScore.Codes"/>; the residual ranks far better on tables.</summary>
    [SearchChoices]
    public GanomalyScore Score { get; set; } = GanomalyScore.Residual;

    /// <summary>Weight of the discriminator's features in the generator's loss, at least 0.</summary>
    [SearchRange(0.1, 10, IsLogarithmic = true)]
    public float AdversarialWeight { get; set; } = 1;

    /// <summary>Weight of the reconstruction in the generator's loss, at least 0.</summary>
    [SearchRange(1, 100, IsLogarithmic = true)]
    public float ReconstructionWeight { get; set; } = 50;

    /// <summary>Weight of the codes' agreement in the generator's loss, at least 0.</summary>
    [SearchRange(0.1, 10, IsLogarithmic = true)]
    public float CodeWeight { get; set; } = 1;

    /// <summary>Size of the codes, 1 to 65536. Null is an eighth of the number of features, 2 to 32; for images 32, or 64 where they are not gray.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of both encoders and of the discriminator, mirrored by the decoder. Null is 128, 64, less for narrow tables. For images channels of the convolutions; null is 32, 64, 128.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.2f;

    /// <summary>Passes over the training rows. Null derives them: 4000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of all networks, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 2e-4f;

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.5f;

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (GanomalyOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(Enum.IsDefined(Score), nameof(Score), Score, "a defined value");
        Require(float.IsFinite(AdversarialWeight) && AdversarialWeight >= 0, nameof(AdversarialWeight), AdversarialWeight, "a finite number, at least 0");
        Require(float.IsFinite(ReconstructionWeight) && ReconstructionWeight >= 0, nameof(ReconstructionWeight), ReconstructionWeight, "a finite number, at least 0");
        Require(float.IsFinite(CodeWeight) && CodeWeight >= 0, nameof(CodeWeight), CodeWeight, "a finite number, at least 0");
        Require(AdversarialWeight + ReconstructionWeight > 0, nameof(ReconstructionWeight), ReconstructionWeight, "above 0 where AdversarialWeight is 0: nothing else ties a reconstruction to its row");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
    }
}

[JsonSerializable(typeof(GanomalyOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class GanomalyOptionsJson : JsonSerializerContext;
