using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Whose variance the decoder's normal law has.</summary>
public enum VaeVariance
{
    /// <summary>One learned variance for each feature, the same in all rows.</summary>
    Feature,

    /// <summary>The decoder gives a variance for each feature of each row, as An and Cho's does.</summary>
    Row,
}

/// <summary>Options of <see cref="VaeDetector"/>.</summary>
public class VaeOptions : NetworkDetectorOptions, IImageOptions
{
    /// <summary>Makes options with three autoencoders that score together: they cost little, and single ones differ from seed to seed.</summary>
    public VaeOptions() => EnsembleSize = 3;

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? ImageShape { get; set; }

    internal override ImageInput? Images => ImageShape is { } shape ? new ImageInput(shape, NormalizesContrast: false) : null;

    /// <summary>Whose variance the normal law of a reconstruction has. An and Cho's is <see cref="VaeVariance.Row"/>.</summary>
    [SearchChoices]
    public VaeVariance Variance { get; set; }

    /// <summary>
    /// Draws of the code, L in the paper, 0 to 256, by whose mean log-likelihood a row is scored; 0 decodes the mean of its code alone. The
    /// draws are the same for all rows and models, so that a row has one score; each costs a pass through the decoder.
    /// </summary>
    public int NumberOfSamples { get; set; }

    /// <summary>Weight of the divergence of codes from N(0, 1), at least 0; 1 is the bound on the likelihood.</summary>
    [SearchRange(0.01, 4, IsLogarithmic = true)]
    public float Beta { get; set; } = 1;

    /// <summary>Share of the training in which <see cref="Beta"/> rises by a line from 0, in [0, 1]; 0 has it in full from the start.</summary>
    public double WarmUpShare { get; set; } = 0.3;

    /// <summary>Width of the code, 1 to 65536. Null is half of the number of features, at most 8.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the encoder, mirrored by the decoder. Null is two: twice as wide as the table, but at least 64 and at most 128, and half of that.</summary>
    public int[]? EncoderLayerSizes { get; set; }

    /// <summary>Slope of the leaky rectifiers for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.01f;

    /// <summary>Passes over the training rows, at least 1. Null derives them: 3000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate at the start, above 0.</summary>
    [SearchRange(1e-4, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-3f;

    /// <summary>The share of the learning rate that is left at the end, in (0, 1]; it falls by a line in between.</summary>
    [SearchRange(0.01, 1, IsLogarithmic = true)]
    public float FinalLearningRateShare { get; set; } = 0.1f;

    /// <summary>
    /// Sets options to An and Cho's: one hidden layer of 400, a code of 200, variances of rows, features in [0, 1], scores by draws. Number of
    /// draws, epochs and learning rate are not in the paper: 10 draws, and what the defaults make of the others.
    /// </summary>
    protected static TOptions Published<TOptions>(TOptions options)
        where TOptions : VaeOptions
    {
        options.Variance = VaeVariance.Row;
        options.NumberOfSamples = 10;
        options.Beta = 1;
        options.WarmUpShare = 0;
        options.LatentDimension = 200;
        options.EncoderLayerSizes = [400];
        options.InputScaling = InputScaling.MinMax;
        options.FinalLearningRateShare = 1;
        options.EnsembleSize = 1;
        return options;
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (VaeOptions)base.Clone();
        copy.EncoderLayerSizes = (int[]?)EncoderLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireShape(ImageShape);
        Require(ImageShape is null || Variance == VaeVariance.Feature, nameof(Variance), Variance, $"{nameof(VaeVariance.Feature)} for images");
        Require(Enum.IsDefined(Variance), nameof(Variance), Variance, "a defined value");
        Require(NumberOfSamples is >= 0 and <= 256, nameof(NumberOfSamples), NumberOfSamples, "0 to 256");
        Require(float.IsFinite(Beta) && Beta >= 0, nameof(Beta), Beta, "a finite number, at least 0");
        Require(WarmUpShare is >= 0 and <= 1, nameof(WarmUpShare), WarmUpShare, "in [0, 1]");
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(EncoderLayerSizes), EncoderLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        Require(FinalLearningRateShare is > 0 and <= 1, nameof(FinalLearningRateShare), FinalLearningRateShare, "in (0, 1]");
    }
}

[JsonSerializable(typeof(VaeOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class VaeOptionsJson : JsonSerializerContext;
