using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>What AnoEAN's encoder minimises.</summary>
public enum AnoEanEncoderLoss
{
    /// <summary>-log D(E(normal)) - log(1 - D(E(anomaly))), as in the paper's Algorithm 1: its gradient does not vanish where D wins.</summary>
    NonSaturating,

    /// <summary>log(1 - D(E(normal))) + log D(E(anomaly)), the paper's Eq. (2).</summary>
    Minimax,
}

/// <summary>Options of <see cref="AnoEanDetector"/>.</summary>
public class AnoEanOptions : NetworkDetectorOptions, IImageOptions
{
    /// <summary>Makes options with three encoders that score together: what single ones make of unknown attacks differs from seed to seed.</summary>
    public AnoEanOptions() => EnsembleSize = 3;

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>What the encoder minimises.</summary>
    public AnoEanEncoderLoss EncoderLoss { get; set; }

    /// <summary>Size of the code, at least 1.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int LatentDimension { get; set; } = 8;

    /// <summary>Hidden layers of the encoder. Null is 128, 64, 32. For images channels of the convolutions; null is 32, 64, 128.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Hidden layers of the discriminator. Null is 32, 16.</summary>
    public int[]? DiscriminatorLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    [SearchRange(0.01, 0.3)]
    public float LeakyReluSlope { get; set; } = 0.2f;

    /// <summary>Share of known anomalies in a batch, in (0, 1). They come on top of <see cref="NetworkDetectorOptions.BatchSize"/> normal rows.</summary>
    public double AnomalyShare { get; set; } = 0.1;

    /// <summary>Updates of the discriminator before each one of the encoder, at least 1.</summary>
    [SearchRange(1, 5)]
    public int NumberOfDiscriminatorSteps { get; set; } = 1;

    /// <summary>Share of the rows, normal ones and anomalies, that are held out for early stopping and for the score's mean and covariance, in (0, 0.5].</summary>
    public double ValidationShare { get; set; } = 0.1;

    /// <summary>Passes over the training rows at most. Null derives them from the number of rows.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Training ends after so many epochs without a better average precision on the held-out rows, at least 1.</summary>
    public int Patience { get; set; } = 40;

    /// <summary>Learning rate of both networks, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 3e-4f;

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.5f;

    /// <summary>4: enough to train on three and to measure on one.</summary>
    [JsonIgnore]
    public override int LeastAnomalies => 4;

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (AnoEanOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        copy.DiscriminatorLayerSizes = (int[]?)DiscriminatorLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(Enum.IsDefined(EncoderLoss), nameof(EncoderLoss), EncoderLoss, "a defined value");
        Require(LatentDimension is >= 1 and <= 1024, nameof(LatentDimension), LatentDimension, "1 to 1024");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        RequireSizes(nameof(DiscriminatorLayerSizes), DiscriminatorLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(AnomalyShare is > 0 and < 1, nameof(AnomalyShare), AnomalyShare, "in (0, 1)");
        Require(NumberOfDiscriminatorSteps is >= 1 and <= 1000, nameof(NumberOfDiscriminatorSteps), NumberOfDiscriminatorSteps, "1 to 1000");
        Require(ValidationShare is > 0 and <= 0.5, nameof(ValidationShare), ValidationShare, "in (0, 0.5]");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
    }
}

[JsonSerializable(typeof(AnoEanOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AnoEanOptionsJson : JsonSerializerContext;
