using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>Options of <see cref="FenceGanDetector"/>.</summary>
public class FenceGanOptions : NetworkDetectorOptions
{
    /// <summary>What the discriminator is to say of generated rows (alpha), in (0, 1): the generator seeks this level around the normal rows.</summary>
    [SearchRange(0.1, 0.9)]
    public float BoundaryLevel { get; set; } = 0.5f;

    /// <summary>
    /// Weight of the dispersion, at least 0: so many times the root of the number of features over the generated rows' mean distance from their
    /// mean. The paper's beta is this times that root; 30 on KDD99 is 2.7 here.
    /// </summary>
    [SearchRange(0.1, 30, IsLogarithmic = true)]
    public float DispersionWeight { get; set; } = 2.7f;

    /// <summary>Weight of generated rows in the discriminator's loss (gamma), above 0.</summary>
    [SearchRange(0.01, 1, IsLogarithmic = true)]
    public float GeneratedWeight { get; set; } = 0.1f;

    /// <summary>Size of the generator's noise, 1 to 65536. Null is a quarter of the number of features, 2 to 32.</summary>
    [SearchRange(2, 64, IsLogarithmic = true)]
    public int? LatentDimension { get; set; }

    /// <summary>Hidden layers of the generator. Null is 64, 128, less for narrow tables.</summary>
    public int[]? GeneratorLayerSizes { get; set; }

    /// <summary>Hidden layers of the discriminator. Null is 256, 128, 128, less for narrow tables.</summary>
    public int[]? DiscriminatorLayerSizes { get; set; }

    /// <summary>Slope of the discriminator's leaky rectifiers for negative values, in [0, 1).</summary>
    public float LeakyReluSlope { get; set; } = 0.1f;

    /// <summary>Dropout of the discriminator while training, in [0, 1).</summary>
    [SearchRange(0, 0.5)]
    public float DropoutRate { get; set; } = 0.2f;

    /// <summary>Passes over the training rows. Null derives them: 6000 steps, or as many as a fit of such a table may cost.</summary>
    public int? NumberOfEpochs { get; set; }

    /// <summary>Learning rate of the generator, above 0.</summary>
    [SearchRange(1e-5, 1e-2, IsLogarithmic = true)]
    public float LearningRate { get; set; } = 1e-3f;

    /// <summary>Learning rate of the discriminator, above 0.</summary>
    [SearchRange(1e-6, 1e-3, IsLogarithmic = true)]
    public float DiscriminatorLearningRate { get; set; } = 1e-4f;

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.5f;

    /// <summary>Decay of the moving average of the discriminator's weights, which score, in [0, 1); 0 scores with the last weights.</summary>
    public float WeightAverageDecay { get; set; } = 0.999f;

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (FenceGanOptions)base.Clone();
        copy.GeneratorLayerSizes = (int[]?)GeneratorLayerSizes?.Clone();
        copy.DiscriminatorLayerSizes = (int[]?)DiscriminatorLayerSizes?.Clone();
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(BoundaryLevel is > 0 and < 1, nameof(BoundaryLevel), BoundaryLevel, "in (0, 1)");
        Require(float.IsFinite(DispersionWeight) && DispersionWeight >= 0, nameof(DispersionWeight), DispersionWeight, "a finite number, at least 0");
        RequirePositive(nameof(GeneratedWeight), GeneratedWeight);
        Require(LatentDimension is null or (>= 1 and <= 65536), nameof(LatentDimension), LatentDimension, "1 to 65536");
        RequireSizes(nameof(GeneratorLayerSizes), GeneratorLayerSizes);
        RequireSizes(nameof(DiscriminatorLayerSizes), DiscriminatorLayerSizes);
        Require(LeakyReluSlope is >= 0 and < 1, nameof(LeakyReluSlope), LeakyReluSlope, "in [0, 1)");
        Require(DropoutRate is >= 0 and < 1, nameof(DropoutRate), DropoutRate, "in [0, 1)");
        Require(NumberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        RequirePositive(nameof(LearningRate), LearningRate);
        RequirePositive(nameof(DiscriminatorLearningRate), DiscriminatorLearningRate);
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
        Require(WeightAverageDecay is >= 0 and < 1, nameof(WeightAverageDecay), WeightAverageDecay, "in [0, 1)");
    }
}

[JsonSerializable(typeof(FenceGanOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class FenceGanOptionsJson : JsonSerializerContext;
