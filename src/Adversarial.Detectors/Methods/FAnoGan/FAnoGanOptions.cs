using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="FAnoGanDetector"/>.</summary>
public class FAnoGanOptions : NetworkDetectorOptions, IImageOptions
{
    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>Channels of the generator's maps of images, one for each halving: null is 32, 64, 128, 128 and so on. The convolutions of critic and encoder all have the first number. Without a meaning for tables.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? ConvolutionChannels { get; set; }

    /// <summary>Weight kappa of the difference of features, in training of the encoder and in the score, at least 0.</summary>
    [SearchRange(0, 2)]
    public float FeatureWeight { get; set; } = 1;

    /// <summary>Size of the code, 1 to 65536. Null is a quarter of the number of features, 2 to 32; for images 32, or 64 where they are not gray.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the generator, for images before its first maps. Null is 64, 128, less for narrow tables; for images one of 512.</summary>
    public int[]? GeneratorLayerSizes { get; set; }

    /// <summary>Hidden layers of the critic; the last one's activations are the features; for images they stand behind the convolutions. Null is 128, 64, less for narrow tables; for images one of 512.</summary>
    public int[]? CriticLayerSizes { get; set; }

    /// <summary>Hidden layers of the encoder, for images behind the convolutions. Null is 128, 64, less for narrow tables; for images one of 512.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers of critic and encoder for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.2f;

    /// <summary>Weight of the gradient penalty, at least 0.</summary>
    [SearchRange(1, 100, IsLogarithmic = true)]
    public float GradientPenalty { get; set; } = 10;

    /// <summary>Updates of the critic for one of the generator, 1 to 100.</summary>
    [SearchRange(1, 10)]
    public int CriticSteps { get; set; } = 5;

    /// <summary>Passes over the training rows in the game. Null derives them: 1500 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Passes over the training rows of the encoder. Null is twice as many steps as the game has.</summary>
    public int? NumberOfEncoderEpochs { get; set; }

    /// <summary>Learning rate of generator and critic, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 5e-4f;

    /// <summary>Learning rate of the encoder, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float EncoderLearningRate { get; set; } = 1e-3f;

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (FAnoGanOptions)base.Clone();
        copy.ConvolutionChannels = (int[]?)ConvolutionChannels?.Clone();
        copy.GeneratorLayerSizes = (int[]?)GeneratorLayerSizes?.Clone();
        copy.CriticLayerSizes = (int[]?)CriticLayerSizes?.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        RequireSizes(nameof(ConvolutionChannels), ConvolutionChannels);
        Require(float.IsFinite(FeatureWeight) && FeatureWeight >= 0, nameof(FeatureWeight), FeatureWeight, "a finite number, at least 0");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(GeneratorLayerSizes), GeneratorLayerSizes);
        RequireSizes(nameof(CriticLayerSizes), CriticLayerSizes);
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(float.IsFinite(GradientPenalty) && GradientPenalty >= 0, nameof(GradientPenalty), GradientPenalty, "a finite number, at least 0");
        Require(CriticSteps is >= 1 and <= 100, nameof(CriticSteps), CriticSteps, "1 to 100");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        Require(NumberOfEncoderEpochs is null or >= 1, nameof(NumberOfEncoderEpochs), NumberOfEncoderEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        RequirePositive(nameof(EncoderLearningRate), EncoderLearningRate);
    }
}

[JsonSerializable(typeof(FAnoGanOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class FAnoGanOptionsJson : JsonSerializerContext;
